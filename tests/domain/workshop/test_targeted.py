"""Which targeted checks a car calls for."""

from datetime import date
from typing import Any

import pytest

from app.content_rows import starter
from app.domain.workshop.targeted import Car, matching

TODAY = date(2026, 3, 3)
ANY = {"brand": None, "series": None, "model_year": None, "powertrain": None, "technology": None, "mileage_km": None,
       "age_months": None, "use": None}


def rule(**match: Any) -> dict[str, Any]:
    return {"id": "coolant_pump", "effective_from": "2026-01-01", "match": {**ANY, **match}}


def calls(car: Car, **match: Any) -> bool:
    return bool(matching([rule(**match)], car, TODAY))


PUMP = {"series": "vw_passat", "mileage_km": {"from": 60_000, "to": 90_000}}


@pytest.mark.rule("AE-050")
def test_the_special_check_is_added_at_72500_km() -> None:
    assert calls(Car(series="vw_passat", mileage_km=72_500), **PUMP)


@pytest.mark.rule("AE-050")
def test_it_is_not_added_at_59000_km_nor_past_90000() -> None:
    assert not calls(Car(series="vw_passat", mileage_km=59_000), **PUMP)
    assert not calls(Car(series="vw_passat", mileage_km=90_001), **PUMP)


def test_another_series_does_not_call_for_it() -> None:
    assert not calls(Car(series="toyota_camry", mileage_km=72_500), **PUMP)


def test_of_mileage_and_age_whichever_comes_first() -> None:
    belt = {"mileage_km": {"from": 80_000, "to": None}, "age_months": {"from": 60, "to": None}}
    assert calls(Car(mileage_km=30_000, age_months=61), **belt)
    assert calls(Car(mileage_km=81_000, age_months=20), **belt)
    assert not calls(Car(mileage_km=30_000, age_months=20), **belt)


def test_what_is_not_known_of_a_car_does_not_match() -> None:
    assert not calls(Car(), mileage_km={"from": 0, "to": None})
    assert not calls(Car(), technology="cvt")
    assert not calls(Car(), model_year={"from": 2002, "to": 2015})


def test_powertrain_technology_brand_and_use_must_all_hold() -> None:
    match = {"powertrain": ["fuel", "hev"], "technology": "cvt", "brand": "日产", "use": "city_congestion"}
    car = Car(brand="日产", powertrain="fuel", technologies=frozenset({"cvt"}), uses=frozenset({"city_congestion"}))
    assert calls(car, **match)
    assert not calls(Car(brand="日产", powertrain="fuel", technologies=frozenset({"cvt"})), **match)


def test_a_rule_switched_off_or_not_yet_in_force_is_silent() -> None:
    assert matching([{**rule(), "is_switched_off": True}], Car(), TODAY) == []
    assert matching([{**rule(), "effective_from": "2026-03-04"}], Car(), TODAY) == []


def test_the_starter_rules_find_a_seven_year_old_passat() -> None:
    passat = next(one for one in starter("vehicles")["vehicles"] if one["id"] == "vw_passat")
    car = Car("大众", "vw_passat", 2019, "fuel", frozenset(passat["technologies"]), 86_000, 84)
    found = {one["id"] for one in matching(starter("inspection")["targeted_rules"], car, TODAY)}
    assert {"gdi_carbon", "turbo_oil_lines", "valve_cover_seep", "brake_fluid_two_years"} <= found
    assert not {"ev_12v_battery", "cvt_fluid"} & found


def test_every_technology_a_series_claims_is_one_a_rule_asks_for() -> None:
    asked = {one["match"]["technology"] for one in starter("inspection")["targeted_rules"]}
    assert {name for one in starter("vehicles")["vehicles"] for name in one["technologies"]} <= asked
