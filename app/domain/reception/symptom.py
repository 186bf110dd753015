"""What a customer complains about (症状), and the few questions a technician needs answered about it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Symptom = Mapping[str, Any]
Answers = list[dict[str, Any]]
NOT_ASKED = ""


def heard(words: str, symptoms: Iterable[Symptom]) -> list[Symptom]:
    """The symptoms whose words the customer used, in the catalogue's order."""
    return [symptom for symptom in symptoms if any(word in words for word in symptom["words"])]


def sheet(words: str, symptoms: Sequence[Symptom], answers: Answers, added: Iterable[str] = ()) -> Answers:
    """Every question of the symptoms heard or added by hand, with the answer given so far; the rest is 未询问."""
    named = {symptom["id"] for symptom in heard(words, symptoms)} | set(added)
    given = {(row["symptom"], row["question"]): row["answer"] for row in answers}
    return [
        {"symptom": symptom["id"], "question": question["id"],
         "answer": given.get((symptom["id"], question["id"]), NOT_ASKED)}
        for symptom in symptoms if symptom["id"] in named
        for question in symptom["questions"]
    ]


def symptoms_on(answers: Answers) -> set[str]:
    """The symptoms a sheet asks about."""
    return {row["symptom"] for row in answers}


def answered(answers: Answers, given: Mapping[tuple[str, str], str]) -> Answers:
    """The sheet with newly given answers; one can be taken back."""
    return [{**row, "answer": given.get((row["symptom"], row["question"]), row["answer"])} for row in answers]


def not_asked(answers: Answers) -> int:
    """How many questions go on to the technician as 未询问."""
    return sum(row["answer"] == NOT_ASKED for row in answers)
