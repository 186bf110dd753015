"""What a settlement list freezes: all that its paper prints."""

import pytest

from app.canonical import canonical
from app.domain.office.settlement_content import Hands, content
from app.domain.workshop.add_on import AddOnStatus
from app.models.office.settlement import SettlementLine
from tests.builders import NOON, add_on, in_store, part, repair_order, settlement, store

HANDS = Hands(clerk="钱莉", checker="何伟", by_phone=["ZX-1"])


def frozen(**charged):
    """An order with an agreed add-on with a part, charged, and one put off until 50,000 km."""
    order = repair_order(lines=[])
    done = add_on(repair_order=order, status=AddOnStatus.APPROVED, payer="customer", hours_x100=120, rate_fen=18_000,
                  labour_fen=21_600, parts_fen=68_000, guarantee_days=365, guarantee_km=20_000)
    part(done, name_zh="前制动片", part_no="YZ-1", part_class="genuine", unit_zh="副", quantity_x100=100, price_fen=68_000,
         amount_fen=68_000)
    add_on(repair_order=order, title_zh="更换前轮胎", status=AddOnStatus.DEFERRED, defer_until_km=50_000, saw="花纹 2.1 mm")
    add_on(repair_order=order, title_zh="还在问客户", status=AddOnStatus.PRESENTED)
    row = in_store(SettlementLine, **{
        "line": done, "position": 1, "basis": "ZX-2", "agreed_fen": 89_600, "labour_fen": 21_600, "parts_fen": 68_000,
        "discount_fen": 0, "charged_fen": 89_600, "reason": "", **charged})
    made = settlement(repair_order=order, total_fen=row.charged_fen)
    made.lines = [row]
    return content(made, store=store(), old_parts="returned", hands=HANDS, at=NOON)


@pytest.mark.rule("R-CORE-30")
def test_a_line_holds_its_hours_rate_parts_payer_basis_sums_and_guarantee():
    line = frozen()["lines"][0]
    assert (line["hours_x100"], line["rate_fen"], line["payer"], line["basis"]) == (120, 18_000, "customer", "ZX-2")
    assert (line["agreed_fen"], line["charged_fen"], line["less_fen"], line["reason"]) == (89_600, 89_600, 0, "")
    assert line["guarantee"] == {"days": 365, "km": 20_000}
    assert line["parts"] == [{
        "name": {"zh": "前制动片", "en": line["parts"][0]["name"]["en"]}, "part_no": "YZ-1", "part_class": "genuine",
        "unit": "副", "quantity_x100": 100, "price_fen": 68_000, "amount_fen": 68_000, "is_from_customer": False}]


def test_a_charge_below_the_agreement_holds_the_difference_and_its_reason():
    held = frozen(charged_fen=80_000, labour_fen=12_000, reason="老客户")
    assert (held["lines"][0]["less_fen"], held["lines"][0]["reason"]) == (9_600, "老客户")
    assert held["sums"]["less_fen"] == 9_600
    assert held["tax"] == {"percent": 13, "fen": 9_204}


def test_what_was_put_aside_stands_on_the_list_at_no_charge_and_what_is_open_does_not():
    (aside,) = frozen()["not_done"]
    assert (aside["title"]["zh"], aside["charged_fen"], aside["until_km"]) == ("更换前轮胎", 0, 50_000)


def test_people_store_car_and_times_are_held_and_no_phone_number_of_the_customer():
    held = frozen()
    assert (held["clerk"], held["checker"], held["by_phone"]) == ("钱莉", "何伟", ["ZX-1"])
    assert held["store"]["legal_name"] == store().legal_name
    assert held["vehicle"]["plate"]
    assert held["advisor"]["name"]
    assert held["confirmed_at"] == "2026-03-03T04:00:00Z"
    assert held["old_parts"] == "returned"
    assert "13812346021" not in canonical(held)
