"""A vehicle (车), its series and the readings of its odometer."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Noted, StoreRow

if TYPE_CHECKING:
    from app.models.reception.customer import Customer


class VehicleSeries(Base):
    """A car series sold in China, with its service interval (content/vehicles.json)."""

    __tablename__ = "vehicle_series"

    id: Mapped[str] = mapped_column(primary_key=True)  # vw_lavida
    brand_zh: Mapped[str]
    brand_en: Mapped[str]
    series_zh: Mapped[str]
    series_en: Mapped[str]
    maker_zh: Mapped[str]
    vehicle_class: Mapped[str]
    body: Mapped[str]
    powertrain: Mapped[str]
    service_interval_km: Mapped[int | None]
    service_interval_months: Mapped[int | None]
    facts: Mapped[dict[str, Any]]  # oil, tyres, warranty, confidence: as in the content file


class Vehicle(Noted, StoreRow):
    """One car, known by plate and VIN."""

    __tablename__ = "vehicle"
    __table_args__ = (
        Index("ix_vehicle_store_id_plate", "store_id", "plate"),
        Index("ix_vehicle_store_id_vin", "store_id", "vin"),
    )

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"), index=True)
    plate: Mapped[str]  # without separator: 浙A7K35M
    plate_kind: Mapped[str] = mapped_column(default="blue")  # blue, green (new energy), yellow, black, white
    vin: Mapped[str] = mapped_column(default="")
    series_id: Mapped[str | None] = mapped_column(ForeignKey("vehicle_series.id"))
    model_name: Mapped[str] = mapped_column(default="")
    engine_no: Mapped[str] = mapped_column(default="")
    colour: Mapped[str] = mapped_column(default="")
    registered_on: Mapped[date | None]
    purchased_on: Mapped[date | None]
    mileage_km: Mapped[int] = mapped_column(default=0)
    warranty_until: Mapped[date | None]
    warranty_km: Mapped[int | None]
    insurance_due_on: Mapped[date | None]
    inspection_due_on: Mapped[date | None]
    next_service_on: Mapped[date | None]
    next_service_km: Mapped[int | None]
    made_at: Mapped[datetime]

    owner: Mapped["Customer"] = relationship(back_populates="vehicles")
    series: Mapped[VehicleSeries | None] = relationship(lazy="joined")
    readings: Mapped[list["OdometerReading"]] = relationship(
        back_populates="vehicle", order_by="OdometerReading.read_at"
    )


class OdometerReading(StoreRow):
    """What the odometer said, and when (R-CRM-5 predicts from these)."""

    __tablename__ = "odometer_reading"

    vehicle_id: Mapped[UUID] = mapped_column(ForeignKey("vehicle.id"), index=True)
    km: Mapped[int]
    read_at: Mapped[datetime]
    odometer_replaced: Mapped[bool] = mapped_column(default=False)

    vehicle: Mapped[Vehicle] = relationship(back_populates="readings")
