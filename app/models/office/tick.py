"""Periodic jobs (定时): each claims its run by a row, so that several processes never do it twice (decision 9)."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base

if TYPE_CHECKING:
    from app.models.database import Database


class Tick(Base):
    """When a job of the installation may run next."""

    __tablename__ = "tick"

    name: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime]


def claim(database: "Database", name: str, *, now: datetime, next_at: datetime) -> bool:
    """Whether this process may do the run; exactly one of those who ask at the same time may."""
    with database.writing() as db:
        if db.get(Tick, name) is None:
            db.add(Tick(name=name, due_at=next_at))
            return True
        taken = update(Tick).where(Tick.name == name, Tick.due_at <= now).values(due_at=next_at)
        return db.execute(taken.returning(Tick.name)).scalar() is not None
