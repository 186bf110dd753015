"""What is on the screen when the customer signs is what is frozen."""

import pytest

from app.canonical import content_hash
from app.domain.reception import intake_clause
from app.domain.reception.intake_content import content
from tests.builders import order_line, part, reception, repair_order, store

CLAUSES = [{"id": "scope",
            "text": {"zh": "预算总额{original_total_yuan}元{nobody_filled}", "en": "budget {original_total_yuan}"}},
           {"id": "old_parts", "conspicuous": True, "text": {"zh": "旧件：□带走　□看过后放弃　□无旧件。", "en": "□ taken"}}]
FACTS = {"zh": {"original_total_yuan": "90.00"}, "en": {"original_total_yuan": "90.00"}}


def frozen(**facts: object) -> dict:
    order = repair_order(is_signed=False, **facts)
    return content(order, store=store(), clauses=[], clauses_sha256="0" * 64, symptom_answers=[],
                   signer={"name": "沈雨桐", "relation": "owner"})


@pytest.mark.rule("R-CORE-3")
def test_the_sum_is_what_the_customer_pays_and_other_payers_lines_are_shown_apart() -> None:
    order = repair_order(is_signed=False)
    part(order.intake_lines[0], amount_fen=4_000)
    order.intake_lines[0].parts_fen, order.intake_lines[0].total_fen = 4_000, 13_000
    order_line(repair_order=order, operation_id="x", payer="goodwill", total_fen=50_000)
    found = content(order, store=store(), clauses=[], clauses_sha256="", symptom_answers=[], signer={})
    assert (found["labour_fen"], found["parts_fen"], found["total_fen"]) == (9_000, 4_000, 13_000)
    assert [line["customer_fen"] for line in found["lines"]] == [13_000, 0]


@pytest.mark.rule("V-11")
def test_no_whole_phone_number_is_frozen() -> None:
    assert "13812346021" not in str(frozen())
    assert frozen()["customer"]["phone_masked"] == "138****6021"


def test_whoever_brought_the_car_is_named_as_the_sender() -> None:
    arrival = reception(sender_relation="driver", sender_name="王师傅", sender_phone="13700000000")
    assert frozen(reception=arrival)["sender"] == {"name": "王师傅", "relation": "driver", "phone_masked": "137****0000"}


@pytest.mark.rule("AE-066")
def test_any_change_gives_another_hash() -> None:
    order = repair_order(is_signed=False)
    def hashed() -> str:
        return content_hash(content(order, store=store(), clauses=[], clauses_sha256="", symptom_answers=[], signer={}))
    before = hashed()
    order.intake_lines[0].total_fen += 1
    assert hashed() != before


def test_a_blank_nobody_filled_stays_a_line_to_see() -> None:
    assert intake_clause.filled(CLAUSES, FACTS, [])[0]["text"]["zh"] == "预算总额90.00元____"


def test_the_box_the_customer_chose_is_ticked_and_no_other() -> None:
    words = intake_clause.ticks(old_parts="take", channel="phone", test_drive=None, clause_id="old_parts")
    text = intake_clause.filled(CLAUSES, FACTS, words)[1]
    assert text["text"] == {"zh": "旧件：■带走　□看过后放弃　□无旧件。", "en": "■ taken"}
    assert text["conspicuous"]


def test_an_owner_who_signs_in_person_reads_no_limit_for_a_driver() -> None:
    assert not intake_clause.concerns("authorised_person", sender_relation="owner")
    assert intake_clause.concerns("authorised_person", sender_relation="driver")
    assert intake_clause.concerns("ceiling", sender_relation="owner")
