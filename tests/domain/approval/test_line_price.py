"""What a line costs, and how far a person may change it."""

import pytest

from app.domain.approval import line_price
from app.domain.approval.line_price import DiscountLimit, widest
from app.domain.approval.pricing import PartPrice, customer_owes, minutes_for, price
from app.domain.errors import Invalid, NotAllowed
from app.domain.workshop.add_on import AddOnStatus
from app.models.workshop.catalogue import Part
from tests import builders
from tests.builders import ADVISOR, NOON

ADVISORS = DiscountLimit(labour_percent=5, parts_percent=3, fixed_fen=10_000)
DIRECTOR = DiscountLimit(labour_percent=100, parts_percent=100, fixed_fen=100_000, may_go_below_floor=True)


def pads(**facts):
    add_on = builders.add_on(status=AddOnStatus.REVIEWED, **facts)
    builders.part(add_on, quantity_x100=200, price_fen=24_500, amount_fen=49_000)
    return add_on


def reprice(add_on, *, hours_x100=150, discount_fen=0, payer="customer", reason="", limit=ADVISORS, floor_percent=80):
    line_price.reprice(add_on, hours_x100=hours_x100, discount_fen=discount_fen, payer=payer, reason=reason,
                       limit=limit, floor_percent=floor_percent, by=ADVISOR, at=NOON)


@pytest.mark.rule("AE-062")
def test_one_and_a_half_hours_and_two_parts_make_760_yuan():
    found = price(150, 18_000, [PartPrice(200, 24_500)])
    assert (found.labour_fen, found.parts_fen, found.total_fen) == (27_000, 49_000, 76_000)
    assert minutes_for(150) == 90


def test_half_a_fen_is_rounded_up():
    assert PartPrice(50, 1).amount_fen == 1
    assert price(33, 18_150, []).labour_fen == 5_990


@pytest.mark.rule("R-CORE-28")
def test_the_customer_pays_nothing_for_what_warranty_pays():
    assert customer_owes(76_000, "manufacturer_warranty") == 0
    assert customer_owes(76_000, "customer") == 76_000


def test_another_price_than_the_catalogues_needs_a_reason():
    with pytest.raises(Invalid, match="Say why") as refused:
        reprice(pads(), hours_x100=140)
    assert refused.value.field == "reason"


def test_with_its_reason_the_line_is_summed_up_again():
    add_on = pads()
    reprice(add_on, hours_x100=140, reason="卡钳已拆")
    assert (add_on.labour_fen, add_on.total_fen, add_on.extra_minutes) == (25_200, 74_200, 84)
    assert add_on.fresh_lines[-1].facts["reason"] == "卡钳已拆"


def test_an_advisor_takes_off_what_the_role_allows_and_not_a_fen_more():
    allowed = ADVISORS.of_line(27_000, 49_000)
    assert allowed == 1_350 + 1_470
    add_on = pads()
    reprice(add_on, discount_fen=allowed, reason="老客户")
    assert add_on.total_fen == 76_000 - allowed
    with pytest.raises(Invalid, match=r"at most 28\.20"):
        reprice(pads(), discount_fen=allowed + 1, reason="老客户")


def test_a_discount_never_exceeds_the_roles_sum():
    assert DiscountLimit(labour_percent=50, parts_percent=50, fixed_fen=10_000).of_line(27_000, 49_000) == 10_000


@pytest.mark.parametrize("payer", ["manufacturer_warranty", "insurer", "prepaid"])
def test_nothing_is_taken_off_what_others_pay(payer):
    with pytest.raises(Invalid, match="Nothing is taken off"):
        reprice(pads(), discount_fen=100, payer=payer, reason="老客户")


def test_below_the_floor_only_the_director_decides():
    wide = DiscountLimit(labour_percent=100, parts_percent=100, fixed_fen=100_000)
    with pytest.raises(Invalid, match="lowest price"):
        reprice(pads(), discount_fen=20_000, reason="赔礼", limit=wide)
    add_on = pads()
    reprice(add_on, discount_fen=20_000, reason="赔礼", limit=DIRECTOR)
    assert add_on.total_fen == 56_000


@pytest.mark.rule("AE-066")
@pytest.mark.parametrize("status", [AddOnStatus.PRESENTED, AddOnStatus.APPROVED])
def test_the_price_the_customer_sees_or_signed_is_not_changed_in_place(status):
    add_on = pads()
    add_on.status = status
    with pytest.raises(NotAllowed, match="new version"):
        reprice(add_on, hours_x100=160, reason="螺栓锈死")


def test_a_part_of_another_class_comes_at_its_list_price_without_a_reason():
    add_on = pads()
    chosen = builders.made(Part, store_id=add_on.store_id,
                           id="pads_equivalent", family="pads", part_no="EX-1", name_zh="前制动片 同质",
                           name_en="Pads", category="part", part_class="equivalent", unit_zh="副",
                           list_price_fen=20_000, cost_fen=1, stock=1, supplier_lead_days=1, is_consumable=False, fits=[])
    line_price.choose_part(add_on.parts[0], chosen, by=ADVISOR, at=NOON)
    assert (add_on.parts_fen, add_on.total_fen, add_on.list_total_fen) == (40_000, 67_000, 67_000)
    assert add_on.parts[0].part_class == "equivalent"


def test_the_widest_authority_of_several_roles_counts():
    rows = [{"role": "technician", "labour_percent": 0, "parts_percent": 0, "fixed_fen": 0},
            {"role": "service_director", "labour_percent": 15, "parts_percent": 10, "fixed_fen": 100_000}]
    assert widest(rows) == DiscountLimit(15, 10, 100_000, may_go_below_floor=True)
    assert widest([]) == DiscountLimit()
