"""What waits at the till: cars that passed their check and are not yet handed over."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.domain.reception.repair_order import OrderStatus
from app.models.office.settlement import Settlement
from app.models.reception.customer import Customer
from app.models.reception.repair_order import RepairOrder
from app.models.reception.vehicle import Vehicle


def waiting(db: Session, store_id: UUID) -> list[Row[Any]]:
    """Orders to settle and cars to hand over, the one promised first on top."""
    statement = (
        select(RepairOrder.id, RepairOrder.number, RepairOrder.status, RepairOrder.promised_at, RepairOrder.ready_at,
               Vehicle.plate, Vehicle.model_name, Customer.name, Customer.title, Settlement.total_fen)
        .join(Vehicle, Vehicle.id == RepairOrder.vehicle_id)
        .join(Customer, Customer.id == RepairOrder.customer_id)
        .outerjoin(Settlement, Settlement.repair_order_id == RepairOrder.id)
        .where(RepairOrder.store_id == store_id, RepairOrder.status.in_((OrderStatus.READY, OrderStatus.SETTLED)))
        .order_by(RepairOrder.promised_at, RepairOrder.id)
    )
    return list(db.execute(statement.limit(50)))
