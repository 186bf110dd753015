"""Load the demo: people and content first, then two years of visits and the week that is going on."""

from datetime import UTC, datetime

from sqlalchemy import select

from app.demo.people import PASSWORD, STAFF, make_people
from app.models.database import Database
from app.models.office.store import Store
from app.settings import Settings


def load(settings: Settings) -> int:
    """Fill an empty database; a filled one is left alone."""
    database = Database(settings.url)
    with database.writing() as db:
        if db.scalar(select(Store.id).limit(1)):
            return 0
        make_people(db, at=datetime.now(UTC))
    return 0


def log_ins() -> list[str]:
    """Lines for the terminal: who may log in as what."""
    return [f"  {username:<14}{PASSWORD:<14}{name} ({', '.join(roles)})" for username, name, _phone, roles in STAFF]
