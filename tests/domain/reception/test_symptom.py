"""The customer's words and the questions they lead to."""

import pytest

from app.domain.reception.symptom import answered, heard, not_asked, sheet

SYMPTOMS = [
    {"id": "brake_noise", "words": ["刹车"], "questions": [{"id": "when"}, {"id": "where"}]},
    {"id": "smell", "words": ["霉味"], "questions": [{"id": "kind"}]},
]


@pytest.mark.rule("B-07", "B-11")
def test_words_name_the_symptoms_whose_questions_are_asked() -> None:
    assert [one["id"] for one in heard("踩刹车吱吱响，有霉味", SYMPTOMS)] == ["brake_noise", "smell"]
    assert heard("来做保养", SYMPTOMS) == []


def test_an_answer_survives_when_the_words_are_written_on() -> None:
    first = answered(sheet("刹车响", SYMPTOMS, []), {("brake_noise", "when"): "light"})
    second = sheet("刹车响，有霉味", SYMPTOMS, first)
    assert second[0]["answer"] == "light"
    assert not_asked(second) == 2


def test_a_symptom_added_by_hand_is_asked_about_without_its_words() -> None:
    assert [row["symptom"] for row in sheet("", SYMPTOMS, [], ["smell"])] == ["smell"]
