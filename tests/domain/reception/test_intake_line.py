"""Work agreed at the desk."""

import pytest

from app.domain.errors import NotAllowed
from app.domain.reception import intake_line as rules
from app.domain.reception.warranty import Standing
from app.domain.workshop.work import WorkStatus
from tests.builders import ADVISOR, NOON, order_line, repair_order


def test_one_operation_stands_on_an_order_once() -> None:
    order = repair_order(is_signed=False)
    twin = order_line(repair_order=order)
    with pytest.raises(NotAllowed, match="already on the order"):
        rules.agree(order, twin, by=ADVISOR, at=NOON)


@pytest.mark.rule("D-02")
def test_after_the_signature_nothing_is_added_taken_off_or_repaid() -> None:
    order = repair_order()
    line = order.intake_lines[0]
    for change in (
        lambda: rules.agree(order, order_line(repair_order=order, operation_id="wheel_balance"), by=ADVISOR, at=NOON),
        lambda: rules.take_off(line, by=ADVISOR, at=NOON),
        lambda: rules.choose_payer(line, "goodwill", car=Standing.MAKER, by=ADVISOR, at=NOON),
    ):
        with pytest.raises(NotAllowed, match="as an add-on"):
            change()


def test_a_line_taken_off_stays_in_the_books_and_costs_nothing() -> None:
    order = repair_order(is_signed=False)
    line = order.intake_lines[0]
    rules.take_off(line, by=ADVISOR, at=NOON)
    assert (order.intake_lines, line.work_status) == ([], WorkStatus.REMOVED)
    assert rules.customer_total(order.intake_lines) == 0


@pytest.mark.rule("R-CORE-28", "B-30")
def test_the_customer_pays_nothing_of_a_line_in_warranty() -> None:
    order = repair_order(is_signed=False)
    line = order.intake_lines[0]
    assert rules.customer_total(order.intake_lines) == 9_000
    rules.choose_payer(line, "manufacturer_warranty", car=Standing.MAKER, by=ADVISOR, at=NOON)
    assert line.is_in_warranty
    assert rules.customer_total(order.intake_lines) == 0


@pytest.mark.rule("R-CORE-28")
def test_the_maker_does_not_pay_once_the_warranty_is_over() -> None:
    line = repair_order(is_signed=False).intake_lines[0]
    with pytest.raises(NotAllowed, match="warranty of this car is over"):
        rules.choose_payer(line, "manufacturer_warranty", car=Standing.OVER, by=ADVISOR, at=NOON)


def test_standard_minutes_are_rounded_up_line_by_line() -> None:
    lines = [order_line(hours_x100=33), order_line(hours_x100=33)]
    assert rules.work_minutes(lines) == 40
