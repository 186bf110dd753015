"""What a new version changed, line by line: only that is asked again (AE-067)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# what a customer agrees to on a line, in the order a page shows it; wording and photos are no terms
TERMS = ("title", "total_fen", "customer_fen", "parts", "labour_fen", "discount_fen", "extra_minutes", "guarantee",
         "payer", "ceiling_fen", "wait_days", "operation_id", "bundle")


@dataclass(frozen=True)
class Difference:
    """One line whose terms changed; `was` is None for a new line."""

    line: Mapping[str, Any]
    was: Mapping[str, Any] | None
    terms: tuple[str, ...]


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """The changed and the new lines, in the new order."""
    before = {line["line_id"]: line for line in old["lines"]}
    found = [Difference(line, before.get(line["line_id"]), changed_terms(before.get(line["line_id"]), line))
             for line in new["lines"]]
    return [one for one in found if one.was is None or one.terms]


def changed_terms(was: Mapping[str, Any] | None, line: Mapping[str, Any]) -> tuple[str, ...]:
    """The terms of a line that are not what they were."""
    return tuple(term for term in TERMS if was is not None and was.get(term) != line.get(term))


def unchanged(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The lines whose earlier answers still stand."""
    changed = {one.line["line_id"] for one in differences(old, new)}
    return [line for line in new["lines"] if line["line_id"] not in changed]


def dropped(old: Mapping[str, Any], new: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The lines the new version no longer holds."""
    kept = {line["line_id"] for line in new["lines"]}
    return [line for line in old["lines"] if line["line_id"] not in kept]
