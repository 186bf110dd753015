"""A kept car and the targeted checks it calls for."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.models.workshop import targeted_queries
from tests.builders import STORE_ID, save, vehicle

TODAY = date(2026, 3, 3)


def rules(db: Session, *uses: str, **facts: Any) -> set[str]:
    car = save(db, vehicle(**facts))
    return {rule["id"] for rule in targeted_queries.rules_for(db, car, today=TODAY, uses=uses)}


@pytest.mark.rule("AE-050")
def test_a_high_mileage_turbo_car_calls_for_the_checks_of_its_build(db: Session) -> None:
    found = rules(db, series_id="vw_passat", mileage_km=86_000, registered_on=date(2019, 3, 1))
    assert {"gdi_carbon", "turbo_oil_lines", "brake_fluid_two_years"} <= found
    assert "ev_12v_battery" not in found


def test_what_reception_heard_adds_a_check(db: Session) -> None:
    facts = {"series_id": "tesla_model_3", "mileage_km": 50_000, "registered_on": date(2022, 1, 1)}
    assert "ev_fast_charge_heat" not in rules(db, **facts)
    assert "ev_fast_charge_heat" in rules(db, "frequent_dc_charging", **facts)


def test_a_car_nobody_knows_calls_for_nothing(db: Session) -> None:
    assert rules(db, series_id=None, mileage_km=0) == set()


def test_a_month_is_full_on_its_day() -> None:
    assert targeted_queries.full_months(date(2024, 3, 3), TODAY) == 24
    assert targeted_queries.full_months(date(2024, 3, 4), TODAY) == 23


def test_points_outside_the_general_list_are_found_by_id(db: Session) -> None:
    found = targeted_queries.check_points(db, STORE_ID, ["misfire_count", "intake_valve_carbon"])
    assert {point["id"] for point in found} == {"misfire_count", "intake_valve_carbon"}
