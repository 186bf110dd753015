"""Each car on the floor waits for exactly one party, and one thing is next."""

from datetime import timedelta
from typing import Any

import pytest

from app.domain.approval.waiting import Car, Party, lateness, slowness, whose_turn
from app.domain.reception.repair_order import OrderStatus
from app.models.base import new_id
from tests.builders import NOON

EARLIER = NOON - timedelta(minutes=40)


def car(**facts: Any) -> Car:
    return Car(**{"order_id": new_id(), "status": OrderStatus.IN_PROGRESS, "opened_at": EARLIER,
                  "promised_at": NOON + timedelta(hours=4), "signed_at": EARLIER, **facts})


OUT = {"sent_at": EARLIER, "valid_until": NOON + timedelta(hours=1), "lines_asked": 2, "asked_fen": 103_000}


@pytest.mark.parametrize(("facts", "party", "action"), [
    ({"question_at": NOON, **OUT}, Party.DESK, "answer"),
    ({"proposed_at": NOON, "proposal_title": "更换前刹车片"}, Party.DESK, "review"),
    ({"reviewed_at": NOON, "reviewed_titles": ["更换前刹车片"]}, Party.DESK, "estimate"),
    ({**OUT, "valid_until": NOON}, Party.DESK, "estimate"),
    ({"status": OrderStatus.READY}, Party.DESK, "settle"),
    ({"status": OrderStatus.SETTLED}, Party.DESK, "deliver"),
    ({"signed_at": None}, Party.DESK, "order"),
    (OUT, Party.CUSTOMER, "watch"),
    ({"missing_part": "右后减震"}, Party.PARTS, "order"),
    ({"missing_part": "右后减震", "work_title": "更换机油", "work_since": NOON}, Party.WORKSHOP, "order"),
    ({"status": OrderStatus.QUALITY_CHECK}, Party.WORKSHOP, "order"),
    ({}, Party.WORKSHOP, "order"),
])
def test_a_car_waits_for_one_party(facts, party, action):
    wait = whose_turn(car(**facts), at=NOON)
    assert (wait.party, wait.action) == (party, action)


def test_a_customers_question_comes_before_everything_else():
    assert whose_turn(car(question_at=NOON, proposed_at=EARLIER, **OUT), at=NOON).action == "answer"


def test_an_estimate_nobody_opened_says_so():
    assert whose_turn(car(**OUT), at=NOON).sentence.endswith("not opened yet")
    assert "opened %(times)s times" in whose_turn(car(**OUT, times_opened=2), at=NOON).sentence


def test_the_desk_is_late_after_half_an_hour_the_customer_only_slow():
    assert slowness(whose_turn(car(proposed_at=EARLIER), at=NOON), at=NOON) == "late"
    assert slowness(whose_turn(car(proposed_at=NOON), at=NOON), at=NOON) == ""
    assert slowness(whose_turn(car(**OUT), at=NOON), at=NOON) == "soon"


def test_a_promise_is_late_when_it_has_passed_and_near_in_the_last_half_hour():
    assert lateness(NOON - timedelta(minutes=1), at=NOON) == "late"
    assert lateness(NOON + timedelta(minutes=29), at=NOON) == "soon"
    assert lateness(NOON + timedelta(minutes=30), at=NOON) == ""
    assert lateness(None, at=NOON) == ""
