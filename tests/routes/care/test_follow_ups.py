"""The follow-up desk on screen."""

from datetime import timedelta

import pytest

from app.domain.care.follow_up import FollowUpStatus
from app.domain.office.staff import Role
from app.models.care.follow_up import FollowUp
from tests.builders import NOON, follow_up, save, vehicle
from tests.house import Statements

TODAY = NOON.date()


def planned(house, days=-4, **facts):
    with house.database.writing() as db:
        car = save(db, vehicle())
        return save(db, follow_up(customer=car.owner, vehicle=car, opens_on=TODAY + timedelta(days=days),
                                  target_on=TODAY, due_on=TODAY + timedelta(days=days + 4), topic="更换前刹车片",
                                  **facts)).id


@pytest.mark.rule("AE-008")
def test_the_late_ones_stand_first_and_say_how_late(house):
    planned(house, days=-4)
    planned(house, days=-6)
    page = house.log_in(Role.FOLLOW_UP_CLERK).get("/care").text
    assert page.index("晚 2 天") < page.index("今天", page.index("晚 2 天"))


def test_a_call_whose_window_has_not_begun_is_not_on_the_list(house):
    planned(house, days=2)
    assert "更换前刹车片" not in house.log_in(Role.FOLLOW_UP_CLERK).get("/care").text


@pytest.mark.rule("AE-010", "R-CRM-2")
def test_after_the_first_call_the_second_is_planned_from_today(house):
    call_id = planned(house)
    clerk = house.log_in(Role.FOLLOW_UP_CLERK)
    assert clerk.post(f"/care/follow-ups/{call_id}/call", {"result": "satisfied", "text": "不响了"}).status_code == 303
    with house.database.reading() as db:
        second = db.query(FollowUp).filter_by(kind="second_call").one()
        assert (second.opens_on, second.due_on) == (TODAY + timedelta(days=7), TODAY + timedelta(days=14))
        assert second.facts["first_text"] == "不响了"


@pytest.mark.rule("AE-016")
def test_a_call_without_result_is_refused_and_stays_open(house):
    call_id = planned(house)
    answer = house.log_in(Role.FOLLOW_UP_CLERK).post(f"/care/follow-ups/{call_id}/call", {"text": "聊了"})
    assert answer.status_code == 422
    with house.database.reading() as db:
        assert db.get(FollowUp, call_id).status == FollowUpStatus.OPEN


@pytest.mark.rule("V-11")
def test_the_phone_is_masked(house):
    page = house.log_in(Role.FOLLOW_UP_CLERK).get(f"/care/follow-ups/{planned(house)}").text
    assert "138****6021" in page
    assert "13812346021" not in page


def test_the_list_asks_the_database_a_fixed_number_of_times(house):
    clerk = house.log_in(Role.FOLLOW_UP_CLERK)
    planned(house)
    with Statements(house.database) as few:
        clerk.get("/care")
    for _ in range(8):
        planned(house)
    with Statements(house.database) as many:
        clerk.get("/care")
    assert len(many) == len(few)


@pytest.mark.rule("R-ALL-1", "R-ALL-5")
def test_strangers_see_nothing_of_it(house):
    path = f"/care/follow-ups/{planned(house)}"
    assert house.stranger().get(path).status_code == 303
    assert house.neighbour(Role.FOLLOW_UP_CLERK).get(path).status_code == 404
    assert house.log_in(Role.TECHNICIAN).get(path).status_code == 403
