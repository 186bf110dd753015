"""A new store: its name, its starter content, its first administrator."""

import secrets
from datetime import UTC, datetime

from sqlalchemy import select

from app import content_store
from app.domain.errors import Invalid
from app.domain.office.staff import Role
from app.models.database import Database
from app.models.office.staff import Staff, StaffRole
from app.models.office.store import Store
from app.security import hashed_password
from app.settings import Settings


def found_store(settings: Settings, *, code: str, name: str, username: str) -> str:
    """Open a store and return the administrator's first password, which is shown once and kept nowhere."""
    database = Database(settings.url)
    password = secrets.token_urlsafe(9)
    with database.writing() as db:
        if db.scalar(select(Store.id).where(Store.code == code)):
            raise Invalid("code", "There is already a store %(code)s.", code=code)
        store = Store(code=code, name=name, legal_name=name, credit_code="", filing_no="", address="", phone="",
                      complaint_phone="")
        db.add(store)
        db.flush()
        content_store.load(db, store, datetime.now(UTC))
        person = Staff(store_id=store.id, username=username.strip().lower(), name=username,
                       password_hash=hashed_password(password))
        person.roles = [StaffRole(store_id=store.id, role=Role.ADMINISTRATOR)]
        db.add(person)
    database.close()
    return password
