"""The clocks that run: whose, on which line."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.reception.order_line import WorkLog


def running(db: Session, technician_id: UUID) -> list[WorkLog]:
    """A technician's clocks that nobody has stopped."""
    statement = select(WorkLog).where(WorkLog.technician_id == technician_id, WorkLog.ended_at.is_(None))
    return list(db.scalars(statement.order_by(WorkLog.started_at)))
