"""The car series to choose from, and what follows from a choice."""

from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.domain.reception.next_service import add_months
from app.models.reception.vehicle import Vehicle, VehicleSeries


def names(db: Session) -> list[Row[Any]]:
    """Every series by brand."""
    statement = select(VehicleSeries.id, VehicleSeries.brand_zh, VehicleSeries.series_zh, VehicleSeries.brand_en,
                       VehicleSeries.series_en)
    return list(db.execute(statement.order_by(VehicleSeries.brand_zh, VehicleSeries.series_zh)))


def describe(db: Session, vehicle: Vehicle) -> None:
    """Name the model after its series where nobody named it, and end its warranty by its maker's terms."""
    series = db.get(VehicleSeries, vehicle.series_id) if vehicle.series_id else None
    if series is None:
        return
    vehicle.model_name = vehicle.model_name or f"{series.brand_zh} {series.series_zh}"
    terms = series.facts.get("maker_warranty") or {}
    start: date | None = vehicle.purchased_on or vehicle.registered_on
    if start and terms.get("vehicle_years") and vehicle.warranty_until is None:
        vehicle.warranty_until = add_months(start, 12 * terms["vehicle_years"])
        vehicle.warranty_km = terms.get("vehicle_km")
