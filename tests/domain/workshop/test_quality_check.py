"""The quality check: another person's eyes, every item, no short cut."""

import pytest

from app.domain.errors import NotAllowed
from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop import quality_check as rules
from app.domain.workshop.work import WorkStatus
from tests.builders import ADVISOR, INSPECTOR, NOON, TECHNICIAN, order_line, quality_check, repair_order

TICK = {"id": "qc_leak", "text": {"zh": "无渗漏", "en": "No leaks"}, "kind": "tick", "result": "", "value": "", "remark": ""}
TORQUE = {**TICK, "id": "qc_torque", "kind": "value"}


def check(*items, **facts):
    return quality_check(items=[dict(item) for item in items], **facts)


def answer(round_, item, result, value="", remark="", by=INSPECTOR):
    rules.answer(round_, item, result, value=value, remark=remark, by=by, at=NOON)


@pytest.mark.rule("R-CORE-29", "F-13")
def test_nobody_checks_their_own_work():
    with pytest.raises(NotAllowed, match="worked on this car"):
        rules.begin(check(TICK), workers={TECHNICIAN.id}, by=TECHNICIAN, at=NOON)


def test_only_a_finished_car_is_checked():
    with pytest.raises(NotAllowed, match="not waiting"):
        rules.begin(check(repair_order=repair_order(status=OrderStatus.IN_PROGRESS)), workers=set(), by=INSPECTOR, at=NOON)


@pytest.mark.rule("B-25", "R-CORE-29")
def test_a_car_is_not_released_with_an_item_unchecked():
    round_ = check(TICK, TORQUE)
    answer(round_, "qc_leak", "pass")
    with pytest.raises(NotAllowed, match="1 items"):
        rules.approve(round_, by=INSPECTOR, at=NOON)
    assert round_.repair_order.status == OrderStatus.QUALITY_CHECK


def test_a_measured_item_needs_its_value():
    with pytest.raises(NotAllowed, match="measured value"):
        answer(check(TORQUE), "qc_torque", "pass")


def test_a_failed_item_needs_its_words():
    with pytest.raises(NotAllowed, match="what is wrong"):
        answer(check(TICK), "qc_leak", "fail")


def test_a_failed_item_keeps_the_car():
    round_ = check(TICK)
    answer(round_, "qc_leak", "fail", remark="放油螺丝渗油")
    with pytest.raises(NotAllowed, match="failed"):
        rules.approve(round_, by=INSPECTOR, at=NOON)


@pytest.mark.rule("R-CORE-29", "R-CORE-3")
def test_a_passed_check_makes_the_car_ready():
    round_ = check(TICK, TORQUE)
    answer(round_, "qc_leak", "pass")
    answer(round_, "qc_torque", "pass", value="35")
    rules.approve(round_, by=INSPECTOR, at=NOON)
    assert (round_.result, round_.repair_order.status, round_.repair_order.ready_at) == ("passed", OrderStatus.READY, NOON)


@pytest.mark.rule("R-CORE-29")
def test_a_failed_check_sends_the_car_back_and_opens_the_work_again():
    order = repair_order(status=OrderStatus.QUALITY_CHECK, lines=[])
    line = order_line(repair_order=order, work_status=WorkStatus.DONE, done_at=NOON)
    round_ = check(TICK, repair_order=order)
    rules.send_back(round_, reason="试车还响", by=INSPECTOR, at=NOON)
    rules.reopen_work(order, {line.id})
    assert (order.status, line.work_status, round_.fail_reason) == (OrderStatus.IN_PROGRESS, WorkStatus.PAUSED, "试车还响")


def test_another_inspector_does_not_end_the_round():
    with pytest.raises(NotAllowed, match="Another inspector"):
        rules.approve(check(), by=ADVISOR, at=NOON)


def test_a_finished_round_is_evidence():
    with pytest.raises(NotAllowed, match="finished"):
        answer(check(TICK, finished_at=NOON), "qc_leak", "pass")
