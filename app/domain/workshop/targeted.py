"""Targeted checks (专项检查): which rules of the shop a car calls for, by its build, its mileage and its age."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Car:
    """What a rule may ask of a car; None or empty: not known, so a rule that asks does not match."""

    brand: str = ""
    series: str = ""
    model_year: int | None = None
    powertrain: str = ""
    technologies: frozenset[str] = frozenset()
    mileage_km: int | None = None
    age_months: int | None = None
    uses: frozenset[str] = frozenset()  # from the talk at reception: city_congestion, before_winter …


def matching(rules: Iterable[Mapping[str, Any]], car: Car, today: date) -> list[Mapping[str, Any]]:
    """The rules in force today that this car calls for (AE-050)."""
    return [rule for rule in rules if is_in_force(rule, today) and matches(rule["match"], car)]


def is_in_force(rule: Mapping[str, Any], today: date) -> bool:
    """Whether the shop uses the rule today."""
    return not rule.get("is_switched_off", False) and date.fromisoformat(rule["effective_from"]) <= today


def matches(match: Mapping[str, Any], car: Car) -> bool:
    """All conditions given must hold; of mileage and age together, whichever comes first."""
    return (
        _named(match.get("brand"), car.brand)
        and _named(match.get("series"), car.series)
        and _within(match.get("model_year"), car.model_year)
        and _named(match.get("powertrain"), car.powertrain)
        and _among(match.get("technology"), car.technologies)
        and _among(match.get("use"), car.uses)
        and _worn(match.get("mileage_km"), match.get("age_months"), car)
    )


def _named(wanted: str | list[str] | None, have: str) -> bool:
    return wanted is None or have in ([wanted] if isinstance(wanted, str) else wanted)


def _among(wanted: str | None, have: frozenset[str]) -> bool:
    return wanted is None or wanted in have


def _within(band: Mapping[str, int | None] | None, have: int | None) -> bool:
    if band is None:
        return True
    low, high = band.get("from"), band.get("to")
    return have is not None and (low is None or have >= low) and (high is None or have <= high)


def _worn(mileage: Mapping[str, int | None] | None, age: Mapping[str, int | None] | None, car: Car) -> bool:
    if mileage and age:
        return _within(mileage, car.mileage_km) or _within(age, car.age_months)
    return _within(mileage, car.mileage_km) and _within(age, car.age_months)
