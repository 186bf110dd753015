"""From the ready car to the signed hand-over, on screen."""

import json
from uuid import uuid4

import pytest

from app.domain.office.staff import Role
from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop.work import WorkStatus
from app.models.care.follow_up import FollowUp
from app.models.office.document import Document
from app.models.office.settlement import Delivery, Payment, Settlement
from app.models.reception.repair_order import RepairOrder
from tests.builders import order_line, repair_order, save

STROKES = json.dumps([{"points": [{"x": 40 + 9 * n, "y": 60 + (n * 37) % 90, "time": 20 * n, "pressure": 0.5}
                                  for n in range(40)]} for _ in range(2)])
HANDED_OVER = {
    "mileage_km": "45230", "next_service_km": "55,000", "next_service_on": "2027-03-03", "old_parts_outcome": "returned",
    "strokes": STROKES, "canvas": "600x200", "signer_name": "沈雨桐", "opinion": "挺好",
    **{f"check-{key}": "on" for key in ("washed", "tools_out", "explained_work", "explained_after_effects",
                                        "next_service_told")},
}


@pytest.fixture
def order_id(house):
    """A ready car with one finished line of 90.00."""
    with house.database.writing() as db:
        order = repair_order(status=OrderStatus.READY, lines=[])
        order_line(repair_order=order, work_status=WorkStatus.DONE)
        return save(db, order).id


@pytest.fixture
def cashier(house):
    return house.log_in(Role.CASHIER, name="钱莉")


def drawn_up(house, cashier, order_id):
    assert cashier.post(f"/orders/{order_id}/settlement").status_code == 303
    with house.database.reading() as db:
        return db.query(Settlement).one()


def confirmed(house, cashier, order_id):
    settlement = drawn_up(house, cashier, order_id)
    cashier.post(f"/settlements/{settlement.id}/confirmation", {"old_parts": "returned"})
    return settlement


def order_now(house, order_id):
    with house.database.reading() as db:
        return db.get(RepairOrder, order_id)


@pytest.mark.rule("R-CORE-30")
def test_the_list_is_drawn_up_once_from_what_was_agreed(house, cashier, order_id):
    settlement = drawn_up(house, cashier, order_id)
    drawn_up(house, cashier, order_id)
    assert settlement.total_fen == 9_000
    assert "90.00" in cashier.get(f"/orders/{order_id}/settlement").text


@pytest.mark.rule("AE-064")
def test_more_than_agreed_is_refused_with_both_sums(house, cashier, order_id):
    settlement = drawn_up(house, cashier, order_id)
    with house.database.reading() as db:
        line = db.get(Settlement, settlement.id).lines[0].id
    answer = cashier.post(f"/settlement-lines/{line}", {"labour": "90.01", "parts": "0", "reason": "x"})
    assert answer.status_code == 409
    assert "90.00" in answer.text
    assert "90.01" in answer.text


@pytest.mark.rule("L05", "L08")
def test_the_frozen_list_asks_for_its_paper_and_comes_before_the_money(house, cashier, order_id):
    settlement = drawn_up(house, cashier, order_id)
    money = {"method": "cash", "amount": "90", "key": "a"}
    assert cashier.post(f"/settlements/{settlement.id}/payments", money).status_code == 409
    assert cashier.post(f"/settlements/{settlement.id}/confirmation", {"old_parts": ""}).status_code == 422
    assert cashier.post(f"/settlements/{settlement.id}/confirmation", {"old_parts": "returned"}).status_code == 303
    with house.database.reading() as db:
        paper = db.query(Document).filter_by(subject_id=settlement.id).one()
        assert (paper.kind, paper.content_sha256) == ("settlement", db.get(Settlement, settlement.id).content_sha256)


def test_the_same_form_twice_is_one_payment_and_settles_the_order(house, cashier, order_id):
    settlement = confirmed(house, cashier, order_id)
    money = {"method": "wechat", "amount": "90.00", "key": "same"}
    for _ in range(2):
        assert cashier.post(f"/settlements/{settlement.id}/payments", money).status_code == 303
    with house.database.reading() as db:
        assert db.query(Payment).count() == 1
    assert order_now(house, order_id).status == OrderStatus.SETTLED


@pytest.mark.parametrize("amount", ["", "abc", "-5", "90.001", "1e3"])
def test_an_amount_nobody_can_read_is_refused_and_nothing_taken(house, cashier, order_id, amount):
    settlement = confirmed(house, cashier, order_id)
    answer = cashier.post(f"/settlements/{settlement.id}/payments", {"method": "cash", "amount": amount, "key": "k"})
    assert answer.status_code == 422


def settled(house, cashier, order_id):
    settlement = confirmed(house, cashier, order_id)
    cashier.post(f"/settlements/{settlement.id}/payments", {"method": "cash", "amount": "90", "key": uuid4().hex})


@pytest.mark.rule("R-CORE-31", "R-CRM-2", "AE-006")
def test_a_signed_hand_over_plans_the_first_call_for_day_three(house, cashier, order_id):
    settled(house, cashier, order_id)
    assert cashier.post(f"/orders/{order_id}/delivery", HANDED_OVER).status_code == 303
    with house.database.reading() as db:
        call = db.query(FollowUp).one()
        assert (str(call.opens_on), str(call.due_on)) == ("2026-03-06", "2026-03-10")
        assert db.query(Delivery).one().signature_svg.startswith("<svg")
    assert order_now(house, order_id).status == OrderStatus.DELIVERED


def test_a_second_tap_on_hand_over_changes_nothing(house, cashier, order_id):
    settled(house, cashier, order_id)
    for _ in range(2):
        assert cashier.post(f"/orders/{order_id}/delivery", HANDED_OVER).status_code == 303
    with house.database.reading() as db:
        assert db.query(Delivery).count() == 1


@pytest.mark.rule("B-20", "AE-076")
@pytest.mark.parametrize("missing", ["strokes", "old_parts_outcome", "check-washed", "mileage_km"])
def test_a_hand_over_with_a_gap_is_refused_and_the_car_stays(house, cashier, order_id, missing):
    settled(house, cashier, order_id)
    form = {key: value for key, value in HANDED_OVER.items() if key != missing}
    assert cashier.post(f"/orders/{order_id}/delivery", form).status_code == 422
    assert order_now(house, order_id).status == OrderStatus.SETTLED


@pytest.mark.rule("R-ALL-1", "R-ALL-5")
def test_strangers_see_nothing_of_it(house, order_id):
    path = f"/orders/{order_id}/settlement"
    assert house.stranger().get(path).status_code == 303
    assert house.neighbour(Role.CASHIER).get(path).status_code == 404
    assert house.log_in(Role.TECHNICIAN).get(path).status_code == 403
