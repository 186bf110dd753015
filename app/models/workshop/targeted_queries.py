"""The targeted checks (专项检查) a kept car calls for, with the points to look at."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.workshop.targeted import Car, matching
from app.models.reception.vehicle import Vehicle
from app.models.workshop import catalogue_queries
from app.models.workshop.catalogue import ContentItem


def rules_for(db: Session, vehicle: Vehicle, *, today: date, uses: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The shop's rules this car calls for today; `uses` is what reception heard: city_congestion, before_winter …"""
    rules = catalogue_queries.content(db, vehicle.store_id, "targeted_rule")
    return [dict(rule) for rule in matching(rules, car_of(vehicle, today, uses), today)]


def car_of(vehicle: Vehicle, today: date, uses: Iterable[str] = ()) -> Car:
    """What rules may ask of a kept car; its year is that of its registration."""
    series, registered = vehicle.series, vehicle.registered_on
    return Car(
        brand=series.brand_zh if series else "",
        series=vehicle.series_id or "",
        model_year=registered.year if registered else None,
        powertrain=series.powertrain if series else "",
        technologies=frozenset(series.facts.get("technologies", ())) if series else frozenset(),
        mileage_km=vehicle.mileage_km or None,
        age_months=full_months(registered, today) if registered else None,
        uses=frozenset(uses),
    )


def full_months(since: date, today: date) -> int:
    """Whole months gone by."""
    return (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)


def check_points(db: Session, store_id: UUID, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Points by id, also those outside the general list, in the order of the inspection."""
    statement = select(ContentItem.content).where(
        ContentItem.store_id == store_id, ContentItem.kind == "point", ContentItem.id.in_(list(ids))
    )
    return list(db.scalars(statement.order_by(ContentItem.position)))
