"""What is highlighted in a text for a customer, and what may not be sent."""

from typing import Any

import pytest

from app.content_rows import starter
from app.domain.approval.plain_words import folded, forbidden_spans, jargon_spans, refuse_blocked, screen
from app.domain.errors import NotAllowed

PHRASES = starter("phrases")
ALL_PATTERNS = [*PHRASES["forbidden"], *PHRASES["contract_forbidden"]]


@pytest.mark.rule("AE-058")
def test_jargon_is_highlighted_with_its_plain_word() -> None:
    text = "左前制动片磨损，需更换"
    span = next(one for one in screen(text, PHRASES["jargon"], PHRASES["forbidden"]) if one.kind == "jargon")
    assert text[span.start : span.end] == span.text == "制动片"
    assert span.instead == "刹车片"
    assert not span.stops_sending


def test_the_longest_word_wins_and_each_place_is_marked_once() -> None:
    jargon = [{"id": "disc", "term": "制动盘", "variants": [], "plain": "刹车盘", "explanation": "x"},
              {"id": "runout", "term": "制动盘跳动量", "variants": [], "plain": "刹车盘摆动", "explanation": "y"}]
    assert [span.entry_id for span in jargon_spans("制动盘跳动量大，制动盘旧", jargon)] == ["runout", "disc"]


def test_latin_terms_stand_only_as_words_of_their_own() -> None:
    jargon = [{"id": "abs", "term": "ABS", "variants": [], "plain": "防抱死", "explanation": "x"}]
    assert [span.text for span in jargon_spans("ABS灯亮，absorber", jargon)] == ["ABS"]
    assert [span.text for span in jargon_spans("ＡＢＳ灯亮", jargon)] == ["ＡＢＳ"]


def test_an_exaggeration_stops_the_text_and_a_truthful_sentence_is_offered() -> None:
    with pytest.raises(NotAllowed, match="can't be sent"):
        refuse_blocked("做完跟新车一样", PHRASES["forbidden"])
    span = next(forbidden_spans("做完跟新车一样", PHRASES["forbidden"]))
    assert span.stops_sending
    assert span.instead
    assert span.why


def test_a_plain_text_passes() -> None:
    refuse_blocked("左前刹车片还剩 2.1 毫米，厂家下限 2.0 毫米。", PHRASES["forbidden"])


def test_a_warning_does_not_stop() -> None:
    entry = next(one for one in PHRASES["forbidden"] if one["severity"] == "warn")
    refuse_blocked(entry["examples"][0], [entry])
    assert not next(forbidden_spans(entry["examples"][0], [entry])).stops_sending


def test_an_allowed_phrase_is_masked_and_the_rest_still_found() -> None:
    entry = {"id": "guarantee", "severity": "block", "pattern": "保证", "except": ["质量保证期"], "instead": "x", "why": "y"}
    text = "质量保证期内我们保证"
    assert [(span.start, span.text) for span in forbidden_spans(text, [entry])] == [(8, "保证")]


def test_folding_keeps_every_character_in_its_place() -> None:
    text = "１００％ＡＢＣ保证İ"
    assert len(folded(text)) == len(text)
    assert folded(text).startswith("100")


@pytest.mark.parametrize("entry", ALL_PATTERNS, ids=lambda entry: entry["id"])
def test_every_pattern_finds_its_own_examples(entry: dict[str, Any]) -> None:
    for example in entry["examples"]:
        assert list(forbidden_spans(example, [entry])), example


@pytest.mark.parametrize("sentence", PHRASES["must_pass"])
def test_ordinary_sentences_pass_every_pattern(sentence: str) -> None:
    assert list(forbidden_spans(sentence, ALL_PATTERNS)) == []


def test_what_is_offered_instead_is_itself_allowed() -> None:
    for entry in PHRASES["forbidden"]:
        assert not list(forbidden_spans(entry["instead"]["zh"], PHRASES["forbidden"])), entry["id"]
