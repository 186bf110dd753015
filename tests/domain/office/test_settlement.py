"""The settlement: never a fen more than agreed, less only with its reason, money only after the list."""

import pytest

from app.domain.errors import Invalid, NotAllowed
from app.domain.office import settlement as rules
from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop.add_on import AddOnStatus
from app.domain.workshop.work import WorkStatus
from app.models.office.settlement import Payment, SettlementLine
from tests.builders import CASHIER, NOON, STORE_ID, add_on, order_line, repair_order, settlement

BY = {"by": CASHIER, "at": NOON}


def ready(**facts):
    return repair_order(status=OrderStatus.READY, lines=[], **facts)


def line_of(list_, line, agreed=None, **facts):
    agreed = line.total_fen if agreed is None else agreed
    return SettlementLine(store_id=STORE_ID, settlement=list_, line=line, position=1, basis="WT1", agreed_fen=agreed,
                          labour_fen=line.labour_fen, parts_fen=line.parts_fen, discount_fen=0, charged_fen=agreed,
                          reason="", **facts)


def payment(fen, method="wechat"):
    return Payment(store_id=STORE_ID, method=method, amount_fen=fen, idempotency_key="k", reference="")


@pytest.mark.rule("R-CORE-30", "L01")
def test_only_agreed_and_finished_work_stands_on_the_list():
    order = ready()
    done = order_line(repair_order=order, work_status=WorkStatus.DONE)
    order_line(repair_order=order, work_status=WorkStatus.WAITING)
    add_on(repair_order=order, status=AddOnStatus.DECLINED, work_status=WorkStatus.WAITING)
    agreed = add_on(repair_order=order, status=AddOnStatus.APPROVED, approved_fen=76_000, work_status=WorkStatus.DONE)
    assert rules.chargeable(order) == [done, agreed]


@pytest.mark.rule("R-CORE-28", "B-30")
def test_work_under_warranty_costs_the_customer_nothing():
    assert rules.agreed_fen(order_line(payer="manufacturer_warranty", total_fen=48_000)) == 0


@pytest.mark.rule("AE-064", "R-CORE-30")
def test_a_fen_more_than_agreed_is_refused():
    row = line_of(settlement(repair_order=ready()), add_on(), agreed=76_000)
    with pytest.raises(NotAllowed, match=r"agreed to 760\.00 yuan.*760\.01"):
        rules.charge(row, labour_fen=27_001, parts_fen=49_000, reason="贵了", **BY)


@pytest.mark.rule("R-CORE-30")
def test_less_than_agreed_needs_its_reason():
    row = line_of(settlement(repair_order=ready()), add_on(), agreed=76_000)
    with pytest.raises(Invalid, match="why"):
        rules.charge(row, labour_fen=27_000, parts_fen=48_000, reason="", **BY)


@pytest.mark.rule("R-CORE-30", "E03")
def test_less_than_agreed_with_its_reason_changes_the_sums():
    list_ = settlement(repair_order=ready())
    row = line_of(list_, add_on(), agreed=76_000)
    rules.charge(row, labour_fen=27_000, parts_fen=47_600, reason="用油少 0.16 升", **BY)
    assert (row.charged_fen, list_.total_fen, list_.parts_fen) == (74_600, 74_600, 47_600)


@pytest.mark.rule("R-CORE-4")
def test_an_emergency_is_signed_before_it_is_settled():
    with pytest.raises(NotAllowed, match="emergency"):
        rules.refuse_unready(ready(is_signed=False, is_emergency=True))


@pytest.mark.rule("L05", "R-CORE-30")
def test_no_money_before_the_list_is_confirmed():
    with pytest.raises(NotAllowed, match="before taking money"):
        rules.receive(settlement(repair_order=ready()), payment(100), **BY)


@pytest.mark.rule("L08")
def test_what_becomes_of_the_old_parts_is_said_before_the_list_is_frozen():
    with pytest.raises(Invalid, match="old parts"):
        rules.confirm(settlement(repair_order=ready()), old_parts="", payload="{}", sha256="0", **BY)


def test_a_confirmed_list_does_not_change():
    list_ = settlement(repair_order=ready(), confirmed_at=NOON)
    with pytest.raises(NotAllowed, match="confirmed"):
        rules.charge(line_of(list_, add_on()), labour_fen=0, parts_fen=0, reason="x", **BY)


@pytest.mark.parametrize("fen", [0, -1, 9_001])
def test_an_amount_outside_what_is_open_is_refused(fen):
    with pytest.raises(Invalid, match=r"90\.00 yuan"):
        rules.receive(settlement(repair_order=ready(), confirmed_at=NOON), payment(fen), **BY)


@pytest.mark.rule("R-CORE-30", "R-CORE-3")
def test_the_order_is_settled_when_all_is_paid():
    list_ = settlement(repair_order=ready(), confirmed_at=NOON)
    rules.receive(list_, payment(5_000), **BY)
    with pytest.raises(NotAllowed, match=r"40\.00 yuan"):
        rules.settle(list_, **BY)
    rules.receive(list_, payment(4_000, "cash"), **BY)
    rules.settle(list_, **BY)
    assert list_.repair_order.status == OrderStatus.SETTLED
