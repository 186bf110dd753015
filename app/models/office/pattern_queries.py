"""Examples for the patterns page: what the store has of each kind."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.reception.repair_order import OrderStatus
from app.models.office.login_session import LoginSession
from app.models.reception.repair_order import RepairOrder


def one_of_each(db: Session, store_id: UUID) -> list[RepairOrder]:
    """The newest order of every status the store has one of."""
    found = [
        db.scalars(
            select(RepairOrder).where(RepairOrder.store_id == store_id, RepairOrder.status == status)
            .order_by(RepairOrder.opened_at.desc()).limit(1)
        ).one_or_none()
        for status in OrderStatus
    ]
    return [order for order in found if order]


def some_log_ins(db: Session, store_id: UUID) -> list[LoginSession]:
    """Three log-ins."""
    return list(db.scalars(select(LoginSession).where(LoginSession.store_id == store_id).limit(3)))
