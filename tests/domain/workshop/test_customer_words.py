"""What a customer reads of a finding."""

from typing import Any

import pytest

from app.content_rows import general_template
from app.domain.workshop.customer_words import Sentences, limit_shown, sentences, spec_of_car
from app.domain.workshop.inspection import Grade

TEMPLATE = general_template()


def point(name: str) -> dict[str, Any]:
    return next(one for one in TEMPLATE["points"] if one["id"] == name)


def words(name: str, grade: Grade = Grade.REPLACE, language: str = "zh", **facts: Any) -> Sentences:
    return sentences(point(name), TEMPLATE, grade=grade, language=language, **facts)


@pytest.mark.rule("R-CORE-20")
def test_a_worn_pad_is_told_with_its_place_value_and_limit() -> None:
    told = words("front_brake_pad", value=1.8, position="FL")
    assert told.saw == "左前刹车片还剩 1.8 毫米，厂家下限 2.0 毫米。"
    assert told.if_waits == "用到下限后会磨到铁，伤刹车盘，刹车也会变弱。"
    assert told.we_would_do.startswith("左右一起换刹车片")
    assert told.can_wait == "不能等"
    assert told.advice == ""


def test_the_same_in_english_begins_with_a_capital() -> None:
    told = words("front_brake_pad", language="en", value=1.8, position="FL")
    assert told.saw == "The front left brake pad has 1.8 mm left; the maker's limit is 2.0 mm."
    assert words("low_beam", language="en", position="L").saw[0].isupper()


@pytest.mark.rule("R-CORE-19")
def test_a_pad_between_2_and_3_mm_is_the_shops_advice_and_says_the_law_is_kept() -> None:
    told = words("front_brake_pad", Grade.WATCH, value=2.4, position="FR")
    assert "还没到厂家下限" in told.advice
    assert told.can_wait == "最多 3000 公里或 2 个月，先到为准"
    assert words("front_brake_pad", Grade.WATCH, value=4.0, position="FR").advice == ""


def test_a_limit_follows_the_cars_own_figure() -> None:
    assert limit_shown(point("tyre_pressure"), 250.0) == "200~300"
    assert limit_shown(point("front_brake_disc"), 22.4) == "22.4"
    assert limit_shown(point("coolant_freezing"), -20.0) == "-25"


def test_an_unknown_figure_stays_a_blank_and_is_never_guessed() -> None:
    told = words("tyre_pressure", value=180.0, position="FL")
    assert "180 千帕" in told.saw
    assert "____" in told.saw


def test_a_figure_of_the_position_goes_before_the_figure_of_the_car() -> None:
    specs = {"tyre_placard_pressure": 230, "tyre_placard_pressure|RL": 250}
    assert spec_of_car(point("tyre_pressure"), specs, "RL") == 250.0
    assert spec_of_car(point("tyre_pressure"), specs, "FL") == 230.0
    assert spec_of_car(point("front_brake_pad"), specs, "FL") is None


def test_good_and_not_checked_are_one_plain_sentence() -> None:
    assert words("tyre_tread", Grade.GOOD, value=6.5, position="RR") == Sentences("右后轮胎花纹深度：6.5 毫米，正常。")
    assert words("horn", Grade.GOOD).saw == "喇叭：检查正常。"
    assert words("horn", Grade.NOT_CHECKED, reason="客户赶时间").saw == "喇叭：这次没有检查，原因：客户赶时间。"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("one", TEMPLATE["points"], ids=lambda one: one["id"])
def test_every_point_speaks_for_every_grade_without_a_blank_left(one: dict[str, Any], language: str) -> None:
    for grade in Grade:
        value = 1.0 if one["kind"] == "measured" else None
        place = one["positions"][0] if one["positions"] else ""
        told = sentences(one, TEMPLATE, grade=grade, language=language, value=value, position=place, spec=100.0)
        assert told.saw
        assert "{" not in told.saw + told.if_waits + told.we_would_do
        assert "____" not in told.saw
