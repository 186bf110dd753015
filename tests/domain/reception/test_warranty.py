"""Whose the repair is to pay."""

from datetime import date

import pytest

from app.domain.reception.warranty import Cover, Standing, may_be_covered, standing

BOUGHT = date(2024, 3, 1)


@pytest.mark.rule("B-03")
@pytest.mark.parametrize(("today", "km", "expected"), [
    (date(2026, 3, 3), 45_000, Standing.MAKER),
    (date(2026, 3, 3), 100_001, Standing.OVER),
    (date(2027, 3, 2), 45_000, Standing.OVER),
])
def test_the_makers_warranty_ends_with_its_date_or_its_km(today: date, km: int, expected: Standing) -> None:
    cover = Cover(until=date(2027, 3, 1), km=100_000, bought_on=BOUGHT)
    assert standing(cover, today=today, mileage_km=km) == expected


def test_the_three_guarantees_hold_for_three_years_or_sixty_thousand_km_from_the_invoice() -> None:
    cover = Cover(until=None, km=None, bought_on=BOUGHT)
    assert standing(cover, today=date(2027, 3, 1), mileage_km=60_000) == Standing.THREE_GUARANTEES
    assert standing(cover, today=date(2027, 3, 2), mileage_km=10) == Standing.OVER
    assert standing(cover, today=date(2026, 3, 1), mileage_km=60_001) == Standing.OVER


def test_a_car_of_unknown_age_is_unknown_not_over() -> None:
    assert standing(Cover(None, None, None), today=BOUGHT, mileage_km=1) == Standing.UNKNOWN


def test_upkeep_and_worn_parts_are_never_the_makers_to_pay() -> None:
    assert may_be_covered(Standing.MAKER, operation_id="water_pump_replace", business_line="mechanical")
    assert not may_be_covered(Standing.MAKER, operation_id="front_brake_pads_replace", business_line="mechanical")
    assert not may_be_covered(Standing.MAKER, operation_id="minor_service", business_line="maintenance")
    assert not may_be_covered(Standing.OVER, operation_id="water_pump_replace", business_line="mechanical")
