"""Choices on their way (草稿): kept in the customer's session until they are signed, lost by no reload."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.approval.approval import REASONS, Answer, in_a_month
from app.domain.approval.difference import unchanged
from app.domain.errors import Invalid

CHOICES = {"yes": "approved", "no": "declined", "later": "deferred"}  # and "ask", which decides nothing
LONGEST = 500  # characters of a question or a reason

Choices = dict[str, dict[str, Any]]


def read_choices(form: Mapping[str, str], content: Mapping[str, Any]) -> Choices:
    """The choices of a posted page by line id; fields are numbered by position: `line1`, `when1`, `why1`, `aware1`."""
    found: Choices = {}
    for line in content["lines"]:
        n = line["position"]
        choice = form.get(f"line{n}", "")
        if choice in (*CHOICES, "ask"):
            found[line["line_id"]] = {
                "choice": choice,
                "when": form.get(f"when{n}", "") if choice == "later" else "",
                "day": form.get(f"day{n}", "").strip() if choice == "later" else "",
                "km": form.get(f"km{n}", "").strip() if choice == "later" else "",
                "aware": choice == "no" and f"aware{n}" in form,
                "why": form.get(f"why{n}", "") if choice == "no" and form.get(f"why{n}", "") in REASONS else "",
                "ask": form.get(f"ask{n}", "").strip()[:LONGEST] if choice == "ask" else "",
            }
    return found


def kept_choices(draft: Mapping[str, Any], old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> Choices:
    """Earlier choices that still stand: all on the same version, on a newer one those of unchanged lines."""
    lines = unchanged(old, new) if old else new["lines"]
    earlier = draft.get("answers", {})
    return {line["line_id"]: earlier[line["line_id"]] for line in lines if line["line_id"] in earlier}


def answers(choices: Mapping[str, Mapping[str, Any]], content: Mapping[str, Any], *, today: date) -> list[Answer]:
    """The choices that decide something, as the answers of an approval."""
    return [answer(line, choices[line["line_id"]], today=today) for line in content["lines"]
            if choices.get(line["line_id"], {}).get("choice") in CHOICES]


def answer(line: Mapping[str, Any], choice: Mapping[str, Any], *, today: date) -> Answer:
    """One choice as an answer; without a day of their own "in a month" is thirty days, else the next visit."""
    field = f"line-{line['line_id']}"
    day = read_day(choice.get("day", ""), field) or (in_a_month(today) if choice.get("when") == "month" else None)
    return Answer(line["line_id"], CHOICES[choice["choice"]], reason_code=choice.get("why", ""), defer_until_on=day,
                  defer_until_km=read_km(choice.get("km", ""), field), safety_acknowledged=bool(choice.get("aware")))


def read_day(text: str, field: str) -> date | None:
    """`2026-05-02`, or nothing."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Invalid(field, "This day can't be read. Please choose it again.") from error


def read_km(text: str, field: str) -> int | None:
    """A mileage up to two million, or nothing."""
    digits = text.replace(",", "").replace("，", "")
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and 0 < int(digits) < 2_000_000):
        raise Invalid(field, "The mileage is a number of kilometres, like 60000.")
    return int(digits)


def decisions(choices: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Line id → approved, declined or deferred, for adding up."""
    return {line_id: CHOICES[one["choice"]] for line_id, one in choices.items() if one.get("choice") in CHOICES}
