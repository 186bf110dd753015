"""Whether a repair may be the maker's to pay: the maker's warranty and the law's three guarantees (三包)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.reception.next_service import add_months

# 家用汽车产品修理更换退货责任规定 (2022): repair period at least 3 years or 60,000 km, from the invoice
THREE_GUARANTEES_MONTHS = 36
THREE_GUARANTEES_KM = 60_000
REPAIR_LINES = ("mechanical", "warranty")
WORN_BY_USE = ("filter", "spark_plug", "brake_pad", "tyre", "wiper", "battery_12v", "key_battery", "bulb", "clutch",
               "oil", "fluid", "coolant", "fuse", "belt")


class Standing(StrEnum):
    """How a car stands today."""

    MAKER = "maker_warranty"
    THREE_GUARANTEES = "three_guarantees"
    OVER = "warranty_over"
    UNKNOWN = "warranty_unknown"

    @property
    def is_running(self) -> bool:
        """Whether a defect would be the maker's to pay."""
        return self in (Standing.MAKER, Standing.THREE_GUARANTEES)


@dataclass(frozen=True)
class Cover:
    """What is known of a car's cover: its end by date and by km, and when it was bought."""

    until: date | None
    km: int | None
    bought_on: date | None


def standing(cover: Cover, *, today: date, mileage_km: int) -> Standing:
    """The maker's own promise first, then the law's; whichever limit comes first ends it."""
    if cover.until is None and cover.bought_on is None:
        return Standing.UNKNOWN
    if cover.until and today <= cover.until and (cover.km is None or mileage_km <= cover.km):
        return Standing.MAKER
    bought = cover.bought_on
    if bought and today <= add_months(bought, THREE_GUARANTEES_MONTHS) and mileage_km <= THREE_GUARANTEES_KM:
        return Standing.THREE_GUARANTEES
    return Standing.OVER


def may_be_covered(car: Standing, *, operation_id: str, business_line: str) -> bool:
    """Whether to ask the maker before the customer pays: a repair, not upkeep, not a part worn by use."""
    return (car.is_running and business_line in REPAIR_LINES
            and not any(word in operation_id for word in WORN_BY_USE))
