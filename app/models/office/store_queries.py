"""A store by the two letters at the head of its numbers."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.office.store import Store


def by_code(db: Session, code: str) -> Store | None:
    """The store with that code."""
    return db.scalars(select(Store).where(Store.code == code.upper())).one_or_none()
