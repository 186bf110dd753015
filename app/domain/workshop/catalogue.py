"""Rules of the catalogue: which part fits a car, what hours overlap, what may not stand on one order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Protocol, TypeVar

OIL_BY_CAPACITY = "vehicle_engine_oil_capacity"

# the trade's names and the words people say for them: both find an operation
SPOKEN = {"制动": "刹车", "蓄电池": "电瓶", "减振器": "避震", "散热器": "水箱", "冷却液": "防冻液", "转向": "方向",
          "风挡": "挡风", "前照灯": "大灯", "火花塞": "火嘴", "轮胎": "车胎", "变速箱": "波箱"}


class Fitting(Protocol):
    """What the choice needs to know of a part."""

    id: str
    fits: list[Any]
    facts: dict[str, Any]


P = TypeVar("P", bound=Fitting)


@dataclass(frozen=True)
class Exclusion:
    """Two operations on one order that should not both be charged, or not in any order, and why."""

    operation: str
    other: str
    kind: str  # duplicate, alternative, same_day, sequence, not_applicable
    reason_zh: str

    @property
    def forbids(self) -> bool:
        """Whether both may not stay; a sequence only asks for the right order of work."""
        return self.kind != "sequence"


def choose_part(family: Iterable[P], default_id: str, series: str | None, viscosities: Iterable[str]) -> P:
    """The part of a family for a car: made for its series, then of an oil its maker allows, then the default."""
    parts = {part.id: part for part in family}
    default = parts[default_id]
    if default.facts.get("viscosity"):
        return choose_oil(parts.values(), default, list(viscosities))
    return next((part for part in parts.values() if series is not None and series in part.fits), default)


def choose_oil(oils: Iterable[P], default: P, viscosities: list[str]) -> P:
    """The default if the maker allows it, else the oil highest on the maker's list; unknown car: the default."""
    if not viscosities or default.facts["viscosity"] in viscosities:
        return default
    allowed = [oil for oil in oils if oil.facts.get("viscosity") in viscosities]
    return min(allowed, key=lambda oil: viscosities.index(oil.facts["viscosity"]), default=default)


def quantity_x100(row: Mapping[str, Any], capacity_ml: int | None) -> int:
    """How much of a part an operation takes; engine oil by the car's own capacity where it is known."""
    if row.get("quantity_rule") == OIL_BY_CAPACITY and capacity_ml:
        return -(-capacity_ml // 10)
    return int(row["quantity_x100"])


def hours_after_overlaps(operations: Iterable[tuple[str, int, Iterable[Mapping[str, Any]]]]) -> dict[str, int]:
    """Hours ×100 of each operation when all are on one order: work done once is charged once.

    Takes (id, hours, overlaps) rows; a pair's saving comes off the later of the two, and never below zero.
    """
    hours: dict[str, int] = {}
    for operation_id, standard, overlaps in operations:
        saved = sum(row["saved_hours_x100"] for row in overlaps if row["operation"] in hours)
        hours[operation_id] = max(0, standard - saved)
    return hours


def exclusions(operations: Mapping[str, Iterable[Mapping[str, Any]]]) -> list[Exclusion]:
    """Each pair on one order that its `excludes` rows speak against, once a pair."""
    return [
        Exclusion(first, second, row["kind"], row["reason_zh"])
        for first, second in combinations(operations, 2)
        for row in operations[first]
        if row["operation"] == second
    ]


def spoken(name: str) -> str:
    """A trade name in everyday words: 更换前制动片 as 更换前刹车片."""
    for trade, said in SPOKEN.items():
        name = name.replace(trade, said)
    return name


def in_trade_words(text: str) -> str:
    """What somebody typed, in the words the catalogue uses: 刹车片 as 制动片."""
    for trade, said in SPOKEN.items():
        text = text.replace(said, trade)
    return text


def suggested(point: Mapping[str, Any], position: str) -> list[str]:
    """The operations a finding at a position calls for; front or rear follows from the position."""
    by_position = point.get("suggested_by_position") or {}
    return list(by_position.get(position) or point["suggested_operations"])
