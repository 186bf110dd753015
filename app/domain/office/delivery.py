"""The delivery (交车): explained, signed, with the next service named; calls are planned from here."""

from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.errors import Invalid
from app.domain.history import Actor
from app.domain.reception.repair_order import OrderStatus, move

if TYPE_CHECKING:
    from app.models.office.settlement import Delivery
    from app.models.reception.repair_order import RepairOrder

OUTCOMES = ("shown", "returned", "waived", "none")  # AE-076


def deliver(order: "RepairOrder", delivery: "Delivery", *, by: Actor, at: datetime) -> None:
    """Hand the car back; the outcome of the old parts and the odometer must be on record."""
    if delivery.old_parts_outcome not in OUTCOMES:
        raise Invalid("old_parts_outcome", "Say what became of the old parts: shown, returned, or given up.")
    if delivery.mileage_km < order.mileage_km:
        raise Invalid("mileage_km", "The odometer can't be below the %(km)s km read at arrival.",
                      km=f"{order.mileage_km:,}")
    if any(not item["done"] for item in delivery.check_list):
        raise Invalid("check_list", "The hand-over list is not complete.")
    move(order, OrderStatus.DELIVERED, by=by, at=at)
    order.delivered_at = delivery.delivered_at = at
    delivery.delivered_by_id = by.id  # type: ignore[assignment]
    vehicle = order.vehicle
    vehicle.mileage_km = max(vehicle.mileage_km, delivery.mileage_km)
    vehicle.next_service_on = delivery.next_service_on
    vehicle.next_service_km = delivery.next_service_km
