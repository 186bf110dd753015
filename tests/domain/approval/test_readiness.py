"""The checks beside an estimate, its words, its marks and the answer to a question."""

import pytest

from app.domain.approval import question as questions
from app.domain.approval.flagged import pieces, replaced
from app.domain.approval.photo_marks import arrows, rings
from app.domain.approval.readiness import evidence_check, price_check, refuse_unsound, stock_check, word_check
from app.domain.errors import NotAllowed, Stale
from app.domain.workshop.inspection import Grade
from app.models.approval.approval import LineQuestion
from tests import builders
from tests.builders import ADVISOR, NOON

JARGON = [{"id": "j1", "term": "磨耗报警片", "variants": [], "plain": "提醒铁片", "explanation": "碰盘会响的小铁片"}]
FORBIDDEN = [{"id": "f1", "pattern": "随时会刹不住", "severity": "block", "instead": "刹车距离变长", "why": "量值支持不到这一步"}]


def test_a_price_changed_by_hand_is_said():
    assert price_check([builders.add_on()]).kind == "ok"
    assert price_check([builders.add_on(total_fen=70_000)]).facts == {"count": 1}


def test_a_line_without_a_price_stops_it():
    assert price_check([builders.add_on(total_fen=0, list_total_fen=0)]).kind == "stop"


@pytest.mark.rule("R-CORE-18")
def test_missing_evidence_stops_it():
    finding = builders.finding(grade=Grade.REPLACE, value=2.4)
    add_on = builders.add_on(repair_order=finding.inspection.repair_order, finding=finding)
    assert evidence_check([add_on]).kind == "stop"
    finding.photos.append(builders.photo(finding))
    assert evidence_check([add_on]).facts == {"count": 1}


@pytest.mark.rule("AE-058", "R-CORE-19")
def test_jargon_is_a_hint_what_nobody_may_say_stops_it():
    assert word_check([builders.add_on()], JARGON, FORBIDDEN).kind == "ok"
    assert word_check([builders.add_on(saw="磨耗报警片擦到盘")], JARGON, FORBIDDEN).kind == "info"
    assert word_check([builders.add_on(if_waits="随时会刹不住")], JARGON, FORBIDDEN).kind == "stop"


def test_parts_that_have_to_come_are_said():
    assert stock_check([]).kind == "ok"
    assert stock_check(["更换左后轮胎"]).facts == {"titles": "更换左后轮胎"}


def test_a_text_is_cut_where_a_word_is_doubtful():
    found = pieces("响声是磨耗报警片擦到盘。", JARGON, FORBIDDEN)
    assert [(piece.text, bool(piece.span)) for piece in found] == [("响声是", False), ("磨耗报警片", True), ("擦到盘。", False)]


def test_a_better_sentence_takes_the_place_of_the_whole_text():
    entry = {**FORBIDDEN[0], "instead": "检测值已低于标准，建议今天处理。"}
    found = pieces("随时会刹不住，还会伤到刹车盘。", JARGON, [entry])
    assert found[0].asks_for_a_new_sentence
    assert not pieces("响声是磨耗报警片擦到盘。", JARGON, FORBIDDEN)[1].asks_for_a_new_sentence


def test_one_tap_exchanges_the_word():
    assert replaced("响声是磨耗报警片擦到盘。", start=3, old="磨耗报警片", new="提醒铁片") == "响声是提醒铁片擦到盘。"


def test_a_word_that_is_no_longer_there_is_not_exchanged():
    with pytest.raises(Stale):
        replaced("换成别的了。", start=3, old="磨耗报警片", new="提醒铁片")


def test_marks_are_drawn_alike_from_shares_and_from_frozen_numbers():
    fresh = [{"kind": "ring", "x": 0.5, "y": 0.5, "rx": 0.1, "ry": 0.2},
             {"kind": "arrow", "x": 0.5, "y": 0.5, "dx": 0.2, "dy": 0.5}]
    frozen = [{"kind": "ring", "x": 5000, "y": 5000, "rx": 1000, "ry": 2000},
              {"kind": "arrow", "x": 5000, "y": 5000, "dx": 2000, "dy": 5000}]
    assert rings(fresh) == rings(frozen)
    assert (rings(fresh)[0].cx, rings(fresh)[0].ry) == ("400", "120")
    assert arrows(fresh) == arrows(frozen)
    assert arrows(fresh)[0].startswith("M160 300L400 300")


def asked():
    return builders.in_store(LineQuestion, asked_at=NOON, text="能撑到过年吗？", answered_at=None, answered_by_name="")


@pytest.mark.rule("AE-074")
def test_a_question_is_answered_once():
    question, add_on = asked(), builders.add_on()
    questions.answer(question, add_on, " 跑长途不建议。", by=ADVISOR, at=NOON)
    assert (question.answer, question.answered_by_name) == ("跑长途不建议。", "周敏")
    with pytest.raises(NotAllowed, match="already answered"):
        questions.answer(question, add_on, "可以", by=ADVISOR, at=NOON)


def test_an_empty_answer_is_none():
    with pytest.raises(NotAllowed, match="Write the answer"):
        questions.answer(asked(), builders.add_on(), " ", by=ADVISOR, at=NOON)


def test_sending_is_refused_for_the_same_reasons_the_checks_show():
    refuse_unsound([builders.add_on()], FORBIDDEN)
    with pytest.raises(NotAllowed, match="no price"):
        refuse_unsound([builders.add_on(total_fen=0, list_total_fen=0)], FORBIDDEN)
    with pytest.raises(NotAllowed, match="can't be sent"):
        refuse_unsound([builders.add_on(if_waits="随时会刹不住")], FORBIDDEN)
    finding = builders.finding(grade=Grade.REPLACE, value=2.4)
    with pytest.raises(NotAllowed, match="photo of this car"):
        refuse_unsound([builders.add_on(repair_order=finding.inspection.repair_order, finding=finding)], FORBIDDEN)
