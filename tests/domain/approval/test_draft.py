from datetime import date

import pytest

from app.domain.approval.approval import Answer, outcome, refuse_unsound
from app.domain.approval.difference import differences, dropped, unchanged
from app.domain.approval.draft import answers, kept_choices, read_choices
from app.domain.approval.scale import figure, measure, scale
from app.domain.errors import Invalid

TODAY = date(2026, 3, 3)


def line(n, **facts):
    return {"line_id": f"L{n}", "position": n, "title": {"zh": f"第{n}项", "en": f"Item {n}"}, "customer_fen": 10_000 * n,
            "total_fen": 10_000 * n, "extra_minutes": 30, "is_safety": False, "state": "watch", "bundle": "",
            "bundle_reason": "", "parts": [], "labour_fen": 0, "payer": "customer", **facts}


def content(*lines):
    return {"lines": list(lines), "before_fen": 128_600, "promised_before": "2026-03-03T08:30:00Z"}


def refusal(*given, lines):
    with pytest.raises(Invalid) as caught:
        refuse_unsound(content(*lines), list(given), today=TODAY)
    return str(caught.value)


@pytest.mark.rule("AE-062")
def test_what_was_agreed_is_added_to_what_was_signed_before_and_moves_the_time():
    pads = line(1, customer_fen=89_600, extra_minutes=40)
    filter_ = line(2, customer_fen=17_400, extra_minutes=10)
    tyres = line(3, customer_fen=122_800, extra_minutes=35)
    sums = outcome(content(pads, filter_, tyres), {"L1": "approved", "L2": "approved", "L3": "deferred"})
    assert (sums.approved_fen, sums.total_after_fen) == (107_000, 235_600)
    assert sums.promised_after.isoformat() == "2026-03-03T09:20:00+00:00"
    assert (sums.approved, sums.declined, sums.deferred) == (2, 0, 1)


def test_what_another_payer_pays_is_not_added():
    assert outcome(content(line(1, customer_fen=0, payer="manufacturer_warranty")), {"L1": "approved"}).approved_fen == 0


def test_every_line_needs_an_answer():
    assert "第2项 still needs an answer" in refusal(Answer("L1", "approved"), lines=[line(1), line(2)])


def test_answers_to_lines_of_another_estimate_are_refused():
    assert "do not belong" in refusal(Answer("L1", "approved"), Answer("L9", "approved"), lines=[line(1)])


def test_silence_and_questions_decide_nothing():
    assert "still needs an answer" in refusal(Answer("L1", "ask"), lines=[line(1)])


def test_a_safety_line_past_its_limit_is_left_only_knowingly():
    brakes = line(1, is_safety=True, state="replace")
    assert "concerns safety" in refusal(Answer("L1", "declined"), lines=[brakes])
    refuse_unsound(content(brakes), [Answer("L1", "declined", safety_acknowledged=True)], today=TODAY)
    refuse_unsound(content(line(1, is_safety=True)), [Answer("L1", "declined")], today=TODAY)


@pytest.mark.rule("E04")
def test_lines_that_depend_on_each_other_are_agreed_together_or_not_at_all():
    pair = [line(1, bundle="b", bundle_reason="同一次拆装"), line(2, bundle="b", bundle_reason="同一次拆装")]
    assert "同一次拆装" in refusal(Answer("L1", "approved"), Answer("L2", "declined"), lines=pair)
    refuse_unsound(content(*pair), [Answer("L1", "declined"), Answer("L2", "deferred")], today=TODAY)


def test_a_day_gone_by_is_no_reminder():
    assert "has passed" in refusal(Answer("L1", "deferred", defer_until_on=TODAY), lines=[line(1)])


@pytest.mark.rule("E01")
def test_sixty_days_or_five_thousand_kilometres_are_kept_as_said():
    form = {"line1": "later", "day1": "2026-05-02", "km1": "50,210", "why1": "price", "aware1": "on"}
    choices = read_choices(form, content(line(1)))
    assert answers(choices, content(line(1)), today=TODAY) == [
        Answer("L1", "deferred", defer_until_on=date(2026, 5, 2), defer_until_km=50_210)]


def test_in_a_month_is_thirty_days_and_next_service_has_no_day():
    for when, day in (("month", date(2026, 4, 2)), ("service", None), ("", None)):
        choices = read_choices({"line1": "later", "when1": when}, content(line(1)))
        assert answers(choices, content(line(1)), today=TODAY)[0].defer_until_on == day


@pytest.mark.parametrize("field", [{"day1": "tomorrow"}, {"km1": "many"}, {"km1": "-5"}, {"km1": "٣"}, {"km1": "9999999"}])
def test_a_day_or_mileage_nobody_can_read_is_asked_again(field):
    with pytest.raises(Invalid):
        answers(read_choices({"line1": "later", **field}, content(line(1))), content(line(1)), today=TODAY)


def test_a_reason_off_the_list_is_not_kept():
    assert read_choices({"line1": "no", "why1": "<script>"}, content(line(1)))["L1"]["why"] == ""


@pytest.mark.rule("E02", "AE-067")
def test_a_new_version_keeps_the_answers_to_what_did_not_change():
    old, new = content(line(1), line(2), line(3)), content(line(1), line(2, total_fen=1), line(4))
    draft = {"answers": {"L1": {"choice": "yes"}, "L2": {"choice": "yes"}, "L3": {"choice": "no"}}}
    assert kept_choices(draft, old, new) == {"L1": {"choice": "yes"}}
    assert [(one.line["line_id"], one.terms) for one in differences(old, new)] == [("L2", ("total_fen",)), ("L4", ())]
    assert [one["line_id"] for one in unchanged(old, new)] == ["L1"]
    assert [one["line_id"] for one in dropped(old, new)] == ["L3"]


def test_new_words_or_photos_ask_nothing_again():
    assert differences(content(line(1)), content(line(1, saw="写得更清楚", photos=[1]))) == []


def measured(value, state, **limit):
    zones = [{"state": "replace", "from_x1000": 0, "to_x1000": 2_000}, {"state": "watch", "from_x1000": 2_000, "to_x1000": 5_000},
             {"state": "good", "from_x1000": 5_000, "to_x1000": 8_000}]
    return {"value_x1000": value, "unit": "mm", "state": state, "limit": {"low_x1000": 2_000, "high_x1000": None, **limit},
            "scale": {"min_x1000": 0, "max_x1000": 8_000, "zones": zones}}


def test_the_scale_shows_the_value_its_zone_and_its_limit():
    drawn = scale(measured(1_800, "replace"))
    assert [(zone.state, zone.left, zone.width, zone.is_on) for zone in drawn.zones] == [
        ("replace", "0.00%", "25.00%", True), ("watch", "25.00%", "37.50%", False), ("good", "62.50%", "37.50%", False)]
    assert (drawn.value.at, drawn.value.text) == ("22.50%", "1.8\u00a0mm")
    assert [(mark.at, mark.text) for mark in drawn.limits] == [("25.00%", "2.0\u00a0mm")]


def test_words_near_an_end_of_the_scale_stay_inside():
    assert scale(measured(0, "replace")).value.anchor == "start"
    assert scale(measured(8_000, "good")).value.anchor == "end"
    assert scale(measured(4_000, "watch")).value.anchor == "middle"


def test_without_a_value_or_a_limit_nothing_is_drawn():
    assert scale({"value_x1000": None, "unit": "", "state": "watch", "scale": None}) is None
    assert scale({**measured(1_000, "replace"), "scale": None}) is None


def test_figures_are_shown_as_people_write_them():
    assert [figure(2_400, "mm"), figure(3_000, "mm"), figure(312_000, "A")] == ["2.4", "3.0", "312"]
    assert measure(2_600, "%") == "2.6\u00a0%"
    assert measure(None, "mm") == ""
