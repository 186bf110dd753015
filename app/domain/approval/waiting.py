"""Who waits for whom (谁在等谁): each car on the floor waits for exactly one party, and one thing is next."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.domain.reception.repair_order import OrderStatus

SOON = timedelta(minutes=30)
DESK_IS_SLOW = timedelta(minutes=30)  # a car that waits for the desk longer than this is late
CUSTOMER_IS_SLOW = timedelta(minutes=30)


class Party(StrEnum):
    """Whose turn it is."""

    DESK = "desk"
    CUSTOMER = "customer"
    WORKSHOP = "workshop"
    PARTS = "parts"


@dataclass
class Car:
    """What the board knows of one car; times are None where nothing of the kind has happened."""

    order_id: UUID
    status: OrderStatus
    opened_at: datetime
    promised_at: datetime | None
    signed_at: datetime | None
    facts: dict[str, Any] = field(default_factory=dict)
    question_at: datetime | None = None
    question: str = ""
    proposed_at: datetime | None = None
    proposal_id: UUID | None = None
    proposal_title: str = ""
    returned_at: datetime | None = None
    reviewed_at: datetime | None = None
    reviewed_titles: list[str] = field(default_factory=list)
    sent_at: datetime | None = None
    valid_until: datetime | None = None
    lines_asked: int = 0
    asked_fen: int = 0
    times_opened: int = 0
    missing_part: str = ""
    missing_since: datetime | None = None
    technician: str = ""
    assigned_at: datetime | None = None
    work_title: str = ""
    work_since: datetime | None = None
    points_checked: int = 0
    checking_since: datetime | None = None
    status_at: datetime | None = None
    photo_ids: list[UUID] = field(default_factory=list)


@dataclass(frozen=True)
class Wait:
    """Whose turn, why, since when, and what to press."""

    party: Party
    sentence: str
    facts: dict[str, Any]
    since: datetime
    action: str  # key of the one next step
    said: str = ""  # somebody's own words, shown after the sentence


def whose_turn(car: Car, *, at: datetime) -> Wait:
    """The one party a car waits for; the desk first, since the desk is who reads this."""
    return desk(car, at=at) or customer(car, at=at) or parts(car) or workshop(car)


def desk(car: Car, *, at: datetime) -> Wait | None:
    """What only the desk can do next, the most pressing first."""
    if car.question_at:
        return Wait(Party.DESK, "Asks on the link:", {}, car.question_at, "answer", car.question)
    if car.proposed_at:
        return Wait(Party.DESK, "New proposal: %(title)s", {"title": car.proposal_title}, car.proposed_at, "review")
    if car.reviewed_at:
        return Wait(Party.DESK, "Reviewed, not sent yet: %(titles)s", {"titles": "、".join(car.reviewed_titles)},
                    car.reviewed_at, "estimate")
    if car.sent_at and car.valid_until and car.valid_until <= at:
        return Wait(Party.DESK, "The estimate ran out unanswered", {}, car.valid_until, "estimate")
    if car.status == OrderStatus.READY:
        return Wait(Party.DESK, "Checked and ready; the list has to be drawn up", {}, car.status_at or car.opened_at,
                    "settle")
    if car.status == OrderStatus.SETTLED:
        return Wait(Party.DESK, "Paid; hand over the car", {}, car.status_at or car.opened_at, "deliver")
    if car.signed_at is None:
        return Wait(Party.DESK, "The order is not signed yet", {}, car.opened_at, "order")
    return None


def customer(car: Car, *, at: datetime) -> Wait | None:
    """An estimate is out and open."""
    if not car.sent_at:
        return None
    facts = {"count": car.lines_asked, "yuan": f"{car.asked_fen / 100:,.2f}", "times": car.times_opened}
    if car.times_opened:
        return Wait(Party.CUSTOMER, "%(count)s items %(yuan)s, opened %(times)s times, no answer", facts, car.sent_at,
                    "watch")
    return Wait(Party.CUSTOMER, "%(count)s items %(yuan)s, not opened yet", facts, car.sent_at, "watch")


def parts(car: Car) -> Wait | None:
    """Agreed work whose part is not on the shelf, unless something else is being worked on."""
    if not car.missing_part or car.work_title:
        return None
    return Wait(Party.PARTS, "%(part)s is not on the shelf", {"part": car.missing_part},
                car.missing_since or car.opened_at, "order")


def workshop(car: Car) -> Wait:
    """Everything else is in the workshop's hands."""
    if car.status == OrderStatus.QUALITY_CHECK:
        return Wait(Party.WORKSHOP, "Waits for the quality check", {}, car.status_at or car.opened_at, "order")
    if car.work_title:
        return Wait(Party.WORKSHOP, "Being worked on: %(title)s, %(technician)s",
                    {"title": car.work_title, "technician": car.technician}, car.work_since or car.opened_at, "order")
    if car.returned_at:
        return Wait(Party.WORKSHOP, "Sent back to %(technician)s", {"technician": car.technician}, car.returned_at,
                    "order")
    if not car.technician:
        return Wait(Party.WORKSHOP, "Waits for a technician", {}, car.signed_at or car.opened_at, "order")
    if car.points_checked:
        return Wait(Party.WORKSHOP, "%(count)s points checked, %(technician)s",
                    {"count": car.points_checked, "technician": car.technician}, car.checking_since or car.opened_at,
                    "order")
    return Wait(Party.WORKSHOP, "With %(technician)s, not begun", {"technician": car.technician},
                car.assigned_at or car.opened_at, "order")


def slowness(wait: Wait, *, at: datetime) -> str:
    """`late` when the desk, `soon` when the customer has kept a car waiting too long; else empty."""
    if wait.party == Party.DESK and at - wait.since >= DESK_IS_SLOW:
        return "late"
    return "soon" if wait.party == Party.CUSTOMER and at - wait.since >= CUSTOMER_IS_SLOW else ""


def lateness(promised_at: datetime | None, *, at: datetime) -> str:
    """`late`, `soon` or empty, by the promised time."""
    if promised_at is None:
        return ""
    if promised_at < at:
        return "late"
    return "soon" if promised_at - at < SOON else ""
