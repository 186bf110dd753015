"""An estimate: frozen versions, their time, their end."""

from datetime import timedelta

import pytest

from app.domain.approval import estimate as rules
from app.domain.approval.estimate import EstimateStatus
from app.domain.errors import NotAllowed
from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop.add_on import AddOnStatus
from tests import builders
from tests.builders import ADVISOR, NOON


@pytest.mark.rule("AE-062")
def test_sixteen_hours_and_ninety_minutes_more_make_half_past_five():
    at_four = NOON + timedelta(hours=4)
    assert rules.promised_after(at_four, [90]) == NOON + timedelta(hours=5, minutes=30)


def test_it_is_open_for_a_day_or_until_the_promised_time_whichever_comes_first():
    assert rules.valid_until(at=NOON, hours=24, promised_at=NOON + timedelta(hours=4)) == NOON + timedelta(hours=4)
    assert rules.valid_until(at=NOON, hours=24, promised_at=NOON + timedelta(days=3)) == NOON + timedelta(hours=24)
    assert rules.valid_until(at=NOON, hours=24, promised_at=None) == NOON + timedelta(hours=24)


def test_the_advisors_choice_holds_but_never_beyond_the_promised_time():
    promised = NOON + timedelta(hours=4)
    assert rules.open_until(NOON + timedelta(hours=1), at=NOON, hours=24, promised_at=promised) \
        == NOON + timedelta(hours=1)
    assert rules.open_until(NOON + timedelta(hours=9), at=NOON, hours=24, promised_at=promised) == promised
    with pytest.raises(NotAllowed, match="has passed"):
        rules.open_until(NOON, at=NOON, hours=24, promised_at=promised)


@pytest.mark.parametrize("promised_at", [None, NOON, NOON - timedelta(minutes=1)])
def test_nothing_is_sent_on_a_promise_that_has_passed(promised_at):
    with pytest.raises(NotAllowed, match="Agree on a new one"):
        rules.promise_to_build_on(builders.repair_order(promised_at=promised_at), at=NOON)


@pytest.mark.rule("AE-056")
@pytest.mark.parametrize("status", [AddOnStatus.PROPOSED, AddOnStatus.RETURNED, AddOnStatus.WITHDRAWN])
def test_what_no_second_person_has_passed_is_not_sent(status):
    with pytest.raises(NotAllowed, match="second person"):
        rules.refuse_unready([builders.add_on(status=status)])


def test_an_empty_estimate_is_not_sent():
    with pytest.raises(NotAllowed, match="nothing to send"):
        rules.refuse_unready([])


def sent():
    estimate = builders.estimate()
    rules.publish(estimate, builders.version(), by=ADVISOR, at=NOON)
    return estimate


def test_the_first_version_needs_no_reason_a_second_does():
    estimate = sent()
    assert (estimate.status, estimate.current.version_no) == (EstimateStatus.PUBLISHED, 1)
    with pytest.raises(NotAllowed, match="what changed"):
        rules.publish(estimate, builders.version(reason_of_change=" "), by=ADVISOR, at=NOON)
    rules.publish(estimate, builders.version(reason_of_change="改同质配件"), by=ADVISOR, at=NOON)
    assert estimate.current.version_no == 2


@pytest.mark.rule("AE-066")
def test_after_the_signature_a_changed_price_makes_a_new_version():
    estimate = sent()
    estimate.status = EstimateStatus.DECIDED
    rules.publish(estimate, builders.version(reason_of_change="螺栓锈死，多半小时"), by=ADVISOR, at=NOON)
    assert (estimate.status, estimate.current.version_no) == (EstimateStatus.PUBLISHED, 2)


@pytest.mark.parametrize("status", [OrderStatus.SETTLED, OrderStatus.DELIVERED, OrderStatus.CANCELLED])
def test_nothing_is_sent_on_a_closed_order(status):
    estimate = builders.estimate(repair_order=builders.repair_order(status=status))
    with pytest.raises(NotAllowed, match="closed"):
        rules.publish(estimate, builders.version(), by=ADVISOR, at=NOON)


def test_withdrawing_needs_a_reason_and_brings_the_lines_home():
    order = builders.repair_order()
    line = builders.add_on(repair_order=order, status=AddOnStatus.PRESENTED)
    estimate = builders.estimate(repair_order=order, status=EstimateStatus.PUBLISHED)
    with pytest.raises(NotAllowed, match="Say why"):
        rules.withdraw(estimate, reason="", by=ADVISOR, at=NOON)
    rules.withdraw(estimate, reason="客户先走了", by=ADVISOR, at=NOON)
    assert (estimate.status, line.status) == (EstimateStatus.WITHDRAWN, AddOnStatus.REVIEWED)


def test_what_the_customer_decided_is_not_withdrawn():
    with pytest.raises(NotAllowed, match="already decided"):
        rules.withdraw(builders.estimate(status=EstimateStatus.DECIDED), reason="算错了", by=ADVISOR, at=NOON)


def test_a_withdrawn_estimate_is_never_sent_again():
    with pytest.raises(NotAllowed, match="withdrawn"):
        rules.publish(builders.estimate(status=EstimateStatus.WITHDRAWN), builders.version(), by=ADVISOR, at=NOON)


def test_an_open_validity_lies_ahead():
    estimate = builders.estimate()
    rules.keep_open_until(estimate, NOON + timedelta(hours=1), by=ADVISOR, at=NOON)
    assert estimate.valid_until == NOON + timedelta(hours=1)
    with pytest.raises(NotAllowed, match="later one"):
        rules.keep_open_until(estimate, NOON, by=ADVISOR, at=NOON)
