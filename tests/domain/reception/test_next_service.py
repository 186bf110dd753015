"""When a car is due, from its own odometer."""

from datetime import date

import pytest

from app.domain.reception.next_service import OdometerPoint, add_months, predict, stretches

SERVICE = OdometerPoint(date(2026, 1, 1), 50_000)


def readings(*points: tuple[str, int]) -> list[OdometerPoint]:
    return [OdometerPoint(date.fromisoformat(day), km) for day, km in points]


@pytest.mark.rule("R-CRM-5")
def test_a_car_that_drives_much_is_due_by_distance_before_its_year_is_over() -> None:
    due = predict(readings(("2026-01-01", 50_000), ("2026-02-20", 52_500), ("2026-04-11", 55_000)), interval_km=10_000,
                  interval_months=12, last_service=SERVICE)
    assert due is not None
    assert (due.comes_by, due.on, due.due_km, due.km_per_day) == ("km", date(2026, 7, 20), 60_000, 50)


@pytest.mark.rule("L-01")
def test_a_car_that_stands_is_due_by_time() -> None:
    due = predict(readings(("2026-01-01", 50_000), ("2026-04-11", 50_500)), interval_km=10_000, interval_months=12,
                  last_service=SERVICE)
    assert due is not None
    assert (due.comes_by, due.on, due.doubt_days) == ("months", date(2027, 1, 1), 0)


@pytest.mark.rule("R-CRM-5")
def test_few_readings_are_shown_with_more_doubt_than_many() -> None:
    few = predict(readings(("2026-01-01", 50_000), ("2026-02-20", 52_500)), interval_km=10_000, interval_months=None,
                  last_service=SERVICE)
    many = predict(readings(("2026-01-01", 50_000), ("2026-01-21", 51_000), ("2026-02-10", 52_000),
                            ("2026-02-28", 52_900)), interval_km=10_000, interval_months=None, last_service=SERVICE)
    assert few is not None
    assert many is not None
    assert few.doubt_days > many.doubt_days


def test_with_one_reading_the_time_alone_speaks_and_says_that_it_guesses() -> None:
    due = predict([], interval_km=10_000, interval_months=12, last_service=SERVICE)
    assert due is not None
    assert (due.on, due.doubt_days, due.km_per_day) == (date(2027, 1, 1), 45, None)


def test_a_replaced_odometer_starts_a_new_stretch_and_never_counts_backwards() -> None:
    points = [*readings(("2026-01-01", 90_000), ("2026-02-01", 93_100)), OdometerPoint(date(2026, 3, 1), 100, True),
              *readings(("2026-04-01", 3_200))]
    assert stretches(points) == [100.0, 100.0]


def test_without_an_interval_nothing_is_promised() -> None:
    assert predict([], interval_km=None, interval_months=None, last_service=SERVICE) is None


def test_a_year_from_a_leap_day_is_the_last_of_february() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)


def test_a_car_may_be_due_when_the_doubt_reaches_today() -> None:
    due = predict(readings(("2026-01-01", 50_000), ("2026-02-20", 52_500)), interval_km=5_000, interval_months=None,
                  last_service=SERVICE)
    assert due is not None
    assert not due.is_due(date(2026, 2, 21))
    assert due.is_due(due.on)
