"""When a call is due, when it is late, when it counts."""

from datetime import date

import pytest

from app.domain.care import follow_up as rules
from app.domain.care.follow_up import FollowUpStatus
from app.domain.errors import Invalid, NotAllowed
from tests.builders import ADVISOR, NOON, follow_up


@pytest.mark.rule("AE-006", "R-CRM-2", "G-01")
def test_a_car_collected_on_3_march_is_called_from_6_to_10_march():
    assert rules.first_call_window(date(2025, 3, 3)) == (date(2025, 3, 6), date(2025, 3, 6), date(2025, 3, 10))


@pytest.mark.rule("AE-010", "R-CRM-2")
def test_a_first_call_on_12_march_puts_the_second_from_19_to_26_march():
    assert rules.second_call_window(date(2025, 3, 12)) == (date(2025, 3, 19), date(2025, 3, 26))


@pytest.mark.rule("AE-008")
@pytest.mark.parametrize(("today", "late"), [(date(2025, 3, 10), False), (date(2025, 3, 11), True)])
def test_a_call_due_on_10_march_is_late_from_11_march(today, late):
    assert rules.is_overdue(date(2025, 3, 10), today) is late


@pytest.mark.rule("D-12", "R-CORE-27")
def test_deferred_work_is_called_about_two_days_before_the_customers_day():
    assert rules.deferred_window(date(2025, 12, 10), date(2025, 11, 20))[0] == date(2025, 12, 8)


@pytest.mark.rule("D-12")
def test_declined_work_without_a_day_comes_up_after_a_month():
    assert rules.deferred_window(None, date(2025, 11, 20))[2] == date(2025, 12, 20)


@pytest.mark.rule("AE-016")
def test_notes_without_a_result_are_no_call():
    task = follow_up()
    with pytest.raises(Invalid, match="result"):
        rules.record_call(task, result="", text="聊了几句", by=ADVISOR, at=NOON)
    assert task.status == FollowUpStatus.OPEN


def test_a_call_nobody_answered_is_an_attempt_and_stays_open():
    task = follow_up()
    rules.record_call(task, result="not_reached", text="", by=ADVISOR, at=NOON)
    assert (task.status, task.facts["attempts"]) == (FollowUpStatus.OPEN, 1)


def test_a_request_is_written_in_the_customers_words():
    with pytest.raises(Invalid, match="own words"):
        rules.record_call(follow_up(), result="to_answer", text=" ", by=ADVISOR, at=NOON)


def test_a_finished_call_is_not_made_again():
    task = follow_up()
    rules.record_call(task, result="satisfied", text="", by=ADVISOR, at=NOON)
    with pytest.raises(NotAllowed, match="finished"):
        rules.record_call(task, result="satisfied", text="", by=ADVISOR, at=NOON)
