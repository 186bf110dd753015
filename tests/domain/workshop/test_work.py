"""The gate before the work: nothing starts that nobody agreed to."""

from datetime import timedelta

import pytest

from app.domain.errors import NotAllowed
from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop import work
from app.domain.workshop.add_on import AddOnStatus
from app.domain.workshop.work import WorkStatus
from tests.builders import NOON, TECHNICIAN, add_on, order_line, part, repair_order, work_log

BY = {"by": TECHNICIAN, "at": NOON}


def approved(**facts):
    return add_on(status=AddOnStatus.APPROVED, approved_fen=76_000, **facts)


@pytest.mark.rule("D-13", "R-CORE-27", "AE-042", "L01")
@pytest.mark.parametrize("status", [s for s in AddOnStatus if s != AddOnStatus.APPROVED])
def test_an_add_on_does_not_start_before_the_yes(status):
    with pytest.raises(NotAllowed, match="has not agreed"):
        work.start(add_on(status=status), work_log(), **BY)


@pytest.mark.rule("D-13", "AE-042")
def test_an_agreed_add_on_starts_and_finishes():
    line = approved()
    work.start(line, work_log(), **BY)
    work.finish(line, by=TECHNICIAN, at=NOON + timedelta(minutes=48))
    assert line.work_status == WorkStatus.DONE
    assert line.work_logs[0].ended_at - line.work_logs[0].started_at == timedelta(minutes=48)


@pytest.mark.rule("AE-064", "D-09")
def test_a_fen_above_what_was_agreed_blocks_the_line():
    line = approved(total_fen=76_001)
    with pytest.raises(NotAllowed, match="above what the customer agreed"):
        work.start(line, work_log(), **BY)


@pytest.mark.rule("B-04", "R-CORE-8")
def test_work_agreed_at_the_desk_waits_for_the_signature():
    line = order_line(repair_order=repair_order(is_signed=False, lines=[]))
    with pytest.raises(NotAllowed, match="has not signed"):
        work.start(line, work_log(), **BY)


@pytest.mark.rule("R-CORE-4", "B-06")
def test_an_emergency_starts_without_paper():
    line = order_line(repair_order=repair_order(is_signed=False, is_emergency=True, lines=[]))
    work.start(line, work_log(), **BY)
    assert line.work_status == WorkStatus.IN_WORK


@pytest.mark.rule("R-CORE-27", "L01")
def test_no_part_leaves_the_store_for_an_unapproved_line():
    with pytest.raises(NotAllowed, match="has not agreed"):
        work.issue_part(part(add_on()), **BY)


def test_a_part_is_issued_once():
    thing = part(approved())
    work.issue_part(thing, **BY)
    with pytest.raises(NotAllowed, match="already issued"):
        work.issue_part(thing, **BY)


@pytest.mark.rule("F-10")
def test_stopping_needs_its_reason():
    line = approved()
    work.start(line, work_log(), **BY)
    with pytest.raises(NotAllowed, match="why"):
        work.pause(line, reason=" ", **BY)


def test_a_closed_order_starts_nothing():
    line = order_line(repair_order=repair_order(status=OrderStatus.SETTLED, lines=[]))
    with pytest.raises(NotAllowed, match="closed"):
        work.start(line, work_log(), **BY)


def test_what_was_never_started_can_not_be_finished():
    with pytest.raises(NotAllowed, match="never started"):
        work.finish(approved(), **BY)


@pytest.mark.rule("R-CORE-14")
def test_a_helper_may_join_a_running_line():
    line = approved()
    work.start(line, work_log(), **BY)
    work.start(line, work_log(), **BY)
    assert len(line.work_logs) == 2


def test_every_verb_of_work_writes_one_line_of_history():
    line = approved()
    work.start(line, work_log(), **BY)
    work.finish(line, **BY)
    assert [entry.event for entry in line.fresh_lines] == ["order_line.started", "order_line.done"]
