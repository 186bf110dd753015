"""A reception (接车): a car arrives, is walked around, its customer heard, its work agreed."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from app.domain.errors import Invalid, NotAllowed
from app.domain.history import Actor

if TYPE_CHECKING:
    from app.models.reception.reception import DamageMark, Reception


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
DAMAGE_KINDS = ("scratch", "dent", "chip", "crack", "missing")
RELATIONS = ("owner", "driver", "agent", "contact")
CHANNELS = ("phone", "sms", "wechat", "in_person")
OUTLINE = (700, 476)  # the box of the car's outline that marks are placed in


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


def fill_in(reception: "Reception", entries: Mapping[str, Any], *, at: datetime) -> None:
    """Keep what a step's fields hold; no verb, since a draft counts for nobody until the step is done."""
    for name, value in entries.items():
        if name not in DRAFT_FIELDS:
            raise NotAllowed("This field can't be filled in here: %(field)s.", field=name)
        setattr(reception, name, DRAFT_FIELDS[name](value))
    reception.saved_at = at


def walk_around(reception: "Reception", *, by: Actor, at: datetime) -> None:
    """The car has been looked at from all sides, with its customer; each mark has its photo."""
    refuse_unless_begun(reception)
    if unphotographed := [mark for mark in reception.damage_marks if mark.photo_id is None and mark.photo is None]:
        raise NotAllowed("Mark %(number)s has no photo yet.", number=unphotographed[0].number)
    reception.walked_around_at = at
    reception.note("reception.walked_around", by=by, at=at, marks=len(reception.damage_marks))


def mark_damage(reception: "Reception", mark: "DamageMark", *, by: Actor, at: datetime) -> None:
    """Put one mark on the outline of the car."""
    refuse_unless_begun(reception)
    if mark.kind not in DAMAGE_KINDS or not (0 <= mark.x <= OUTLINE[0] and 0 <= mark.y <= OUTLINE[1]):
        raise NotAllowed("This mark does not lie on the car. Tap it again.")
    mark.number = 1 + max((other.number for other in reception.damage_marks if other is not mark), default=0)
    if mark not in reception.damage_marks:
        reception.damage_marks.append(mark)
    reception.saved_at = at
    reception.note("reception.damage_marked", by=by, at=at, number=mark.number, kind=mark.kind)


def unmark_damage(reception: "Reception", mark: "DamageMark", *, by: Actor, at: datetime) -> None:
    """Take a wrong mark off again; the others keep their numbers."""
    refuse_unless_begun(reception)
    reception.damage_marks.remove(mark)
    reception.saved_at = at
    reception.note("reception.damage_unmarked", by=by, at=at, number=mark.number)


def refuse_unless_begun(reception: "Reception") -> None:
    """What is signed or left is not written on."""
    if reception.status != ReceptionStatus.IN_PROGRESS:
        raise NotAllowed("This reception is closed. Nothing on it can be changed any more.")


def _number(value: Any) -> int | None:
    text = unicodedata.normalize("NFKC", str(value or "")).strip()
    return int(text) if text.isascii() and text.isdigit() else None


def _answer(value: Any) -> bool | None:
    return {"yes": True, "no": False}.get(str(value))


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(text for one in values if (text := str(one or "").strip()[:40])))


def _text(value: Any) -> str:
    return str(value or "")[:2_000]


DRAFT_FIELDS: dict[str, Callable[[Any], Any]] = {
    "reason": _text,
    "sender_name": _text,
    "sender_phone": _text,
    "sender_relation": _text,
    "fuel_eighths": _number,
    "charge_percent": _number,
    "warning_lamps": _texts,
    "items_left": _texts,
    "customer_words": _text,
    "customer_waits": _answer,
    "contact_channel": _text,
    "old_parts": _text,
    "allows_test_drive": _answer,
}


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
    if reception.sender_relation != "owner" and not (reception.sender_name.strip() and reception.sender_phone.strip()):
        missing.append("sender")
    return missing
