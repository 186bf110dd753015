"""A reception (接车): a car arrives, is walked around, its customer heard, its work agreed."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.errors import Invalid, NotAllowed
from app.domain.history import Actor

if TYPE_CHECKING:
    from app.models.reception.reception import Reception


class ReceptionStatus(StrEnum):
    """Where one arrival stands."""

    WAITING = "waiting"
    IN_PROGRESS = "in_progress"
    SIGNED = "signed"
    LEFT = "left"

    def may_become(self, other: "ReceptionStatus") -> bool:
        """Whether the shop allows this step."""
        return other in MOVES[self]


MOVES: dict[ReceptionStatus, set[ReceptionStatus]] = {
    ReceptionStatus.WAITING: {ReceptionStatus.IN_PROGRESS, ReceptionStatus.LEFT},
    ReceptionStatus.IN_PROGRESS: {ReceptionStatus.SIGNED, ReceptionStatus.LEFT},
    ReceptionStatus.SIGNED: set(),
    ReceptionStatus.LEFT: {ReceptionStatus.IN_PROGRESS},  # they came back from the car park
}

OLD_PARTS = ("take", "leave", "see_first")


def arrive(reception: "Reception", *, by: Actor, at: datetime) -> None:
    """Register an arrival; the clock of waiting starts."""
    reception.arrived_at = at
    reception.status = ReceptionStatus.WAITING
    reception.note("reception.arrived", by=by, at=at, plate=reception.vehicle.plate)


def begin(reception: "Reception", *, by: Actor, at: datetime) -> None:
    """An advisor takes the car on and becomes its advisor."""
    if not reception.status.may_become(ReceptionStatus.IN_PROGRESS):
        raise NotAllowed("This arrival is already taken care of.")
    reception.status = ReceptionStatus.IN_PROGRESS
    reception.advisor_id = by.id
    reception.started_at = at
    reception.note("reception.begun", by=by, at=at)


def leave(reception: "Reception", *, reason: str, by: Actor, at: datetime) -> None:
    """The customer went without an order."""
    if not reception.status.may_become(ReceptionStatus.LEFT):
        raise NotAllowed("This arrival is already taken care of.")
    reception.status = ReceptionStatus.LEFT
    reception.note("reception.left", by=by, at=at, reason=reason)


def read_odometer(
    reception: "Reception", km: int, *, last_km: int, odometer_replaced: bool, by: Actor, at: datetime
) -> None:
    """Take the mileage; one below the last visit's needs the odometer to have been replaced (R-CORE-2)."""
    if not 0 <= km <= 2_000_000:
        raise Invalid("mileage_km", "Please read the odometer again: %(km)s km can't be right.", km=f"{km:,}")
    if km < last_km and not odometer_replaced:
        raise Invalid(
            "mileage_km",
            "Please look at the odometer again: last time it was %(last)s km, %(less)s km more. "
            "Was the odometer replaced?",
            confirm="odometer_replaced",
            last=f"{last_km:,}",
            less=f"{last_km - km:,}",
        )
    reception.mileage_km = km
    reception.odometer_replaced = odometer_replaced and km < last_km
    reception.note("reception.odometer_read", by=by, at=at, km=km)


def missing_for_signature(reception: "Reception") -> list[str]:
    """What is still to be asked before the customer can sign, as keys the page links to (B-08)."""
    missing = []
    if reception.mileage_km is None:
        missing.append("mileage_km")
    if reception.fuel_eighths is None and reception.charge_percent is None:
        missing.append("fuel")
    if any(mark.photo_id is None and mark.photo is None for mark in reception.damage_marks):
        missing.append("damage_photo")
    if not reception.customer_words.strip():
        missing.append("customer_words")
    if reception.old_parts not in OLD_PARTS:
        missing.append("old_parts")
    if reception.customer_waits is None:
        missing.append("customer_waits")
    return missing
