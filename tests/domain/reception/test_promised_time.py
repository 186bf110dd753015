"""When a car can be given back."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.reception.promised_time import OpeningHours, on_the_half_hour, plan, queue_minutes

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = OpeningHours.read("08:30", "17:30")


def at(hour: int, minute: int = 0, day: int = 3) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.rule("R-CORE-2")
def test_the_queue_the_work_the_check_and_the_wash_follow_each_other() -> None:
    way = plan(at(9, 45), work_minutes=138, queue_minutes=40, hours=HOURS)
    assert (way.starts_at, way.done_at) == (at(10, 25), at(12, 43))
    assert (way.washed_at, way.earliest) == (at(13, 23), at(13, 30))


def test_half_an_hour_of_margin_is_offered_not_hidden() -> None:
    way = plan(at(9), work_minutes=60, queue_minutes=0, hours=HOURS)
    assert (way.earliest, way.with_margin, way.relaxed) == (at(11), at(11, 30), at(12, 30))


def test_work_that_does_not_fit_into_today_goes_on_tomorrow_morning() -> None:
    way = plan(at(16, 30), work_minutes=120, queue_minutes=0, hours=HOURS)
    assert way.done_at == at(9, 30, day=4)
    assert way.earliest == at(10, 30, day=4)


def test_a_car_that_comes_after_closing_waits_for_the_morning() -> None:
    assert plan(at(20), work_minutes=30, queue_minutes=0, hours=HOURS).done_at == at(9, day=4)
    assert plan(at(6), work_minutes=30, queue_minutes=0, hours=HOURS).done_at == at(9)


def test_the_queue_is_shared_by_the_technicians() -> None:
    assert queue_minutes(241, 4) == 61
    assert queue_minutes(240, 0) == 240


def test_times_are_promised_on_the_half_hour() -> None:
    assert on_the_half_hour(at(13)) == at(13)
    assert on_the_half_hour(at(13, 1)) == at(13, 30)
