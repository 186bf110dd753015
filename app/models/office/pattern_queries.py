"""Examples for the patterns page: what the store has of each kind."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.reception.repair_order import OrderStatus
from app.models.office.login_session import LoginSession
from app.models.office.settlement import Settlement
from app.models.reception.repair_order import RepairOrder
from app.models.workshop.add_on import AddOn
from app.models.workshop.quality_check import QualityCheck


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


def a_settlement(db: Session, store_id: UUID) -> Settlement | None:
    """The newest settlement list."""
    return db.scalars(select(Settlement).where(Settlement.store_id == store_id)
                      .order_by(Settlement.prepared_at.desc()).limit(1)).one_or_none()


def a_quality_check(db: Session, store_id: UUID) -> QualityCheck | None:
    """The newest round of a check."""
    return db.scalars(select(QualityCheck).where(QualityCheck.store_id == store_id)
                      .order_by(QualityCheck.started_at.desc()).limit(1)).one_or_none()


def some_put_off(db: Session, store_id: UUID) -> list[AddOn]:
    """Three findings the customer put off."""
    return list(db.scalars(select(AddOn).where(AddOn.store_id == store_id, AddOn.status == "deferred").limit(3)))
