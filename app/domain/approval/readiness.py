"""The checks beside an estimate before it is sent: prices, evidence, words, stock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.domain.approval.plain_words import refuse_blocked, screen
from app.domain.errors import NotAllowed
from app.domain.workshop.inspection import Grade
from app.domain.workshop.review import lacking_evidence, refuse_without_evidence

if TYPE_CHECKING:
    from app.models.workshop.add_on import AddOn


@dataclass(frozen=True)
class Check:
    """One line beside the estimate: `ok`, `info`, or `stop` when it may not be sent like this."""

    kind: str
    sentence: str
    facts: dict[str, Any] = field(default_factory=dict)


def checks(
    add_ons: Sequence["AddOn"], *, waiting_for_parts: Iterable[str], jargon: Iterable[Mapping[str, Any]],
    forbidden: Iterable[Mapping[str, Any]]
) -> list[Check]:
    """The four checks, each with what it found."""
    return [price_check(add_ons), evidence_check(add_ons), word_check(add_ons, list(jargon), list(forbidden)),
            stock_check(list(waiting_for_parts))]


def refuse_unsound(add_ons: Sequence["AddOn"], forbidden: Sequence[Mapping[str, Any]]) -> None:
    """Raise with the first thing that forbids sending: no price, no evidence, words nobody may send."""
    for one in add_ons:
        if not is_priced(one):
            raise NotAllowed("%(title)s has no price yet.", title=one.title_zh)
        refuse_without_evidence(one)
        for text in (one.saw, one.if_waits, one.we_would_do):
            refuse_blocked(text, forbidden)


def is_priced(add_on: "AddOn") -> bool:
    """Whether the catalogue or a person with a reason said what it costs."""
    return bool(add_on.list_total_fen or add_on.total_fen or add_on.price_reason)


def price_check(add_ons: Sequence["AddOn"]) -> Check:
    """Whether every line has a price, and how many were changed by hand."""
    if unpriced := [one for one in add_ons if not is_priced(one)]:
        return Check("stop", "%(title)s has no price yet", {"title": unpriced[0].title_zh})
    changed = sum(1 for one in add_ons if one.total_fen != one.list_total_fen)
    if changed:
        return Check("info", "Every line has a price; %(count)s changed by hand, with a reason", {"count": changed})
    return Check("ok", "Every line has a price, none changed by hand")


def evidence_check(add_ons: Sequence["AddOn"]) -> Check:
    """Whether everything graded replace-now has its photo and value."""
    if lacking := [one for one in add_ons if lacking_evidence(one)]:
        return Check("stop", "%(title)s: photo or value is missing", {"title": lacking[0].title_zh})
    count = sum(1 for one in add_ons if one.finding and one.finding.grade == Grade.REPLACE)
    if not count:
        return Check("ok", "Nothing has to be replaced at once")
    return Check("ok", "%(count)s to replace, with photo and value", {"count": count})


def word_check(
    add_ons: Sequence["AddOn"], jargon: Sequence[Mapping[str, Any]], forbidden: Sequence[Mapping[str, Any]]
) -> Check:
    """Whether the customer will understand it, and nothing is exaggerated."""
    spans = [span for one in add_ons for text in (one.saw, one.if_waits, one.we_would_do)
             for span in screen(text, jargon, forbidden)]
    if stopping := [span for span in spans if span.stops_sending]:
        return Check("stop", "“%(text)s” can't be sent", {"text": stopping[0].text})
    if spans:
        return Check("info", "%(count)s words a customer may not understand", {"count": len(spans)})
    return Check("ok", "Words checked, no jargon")


def stock_check(waiting: Sequence[str]) -> Check:
    """What is not on the shelf; the customer reads it too."""
    if not waiting:
        return Check("ok", "All parts are here")
    return Check("info", "%(titles)s: parts have to come; the customer's page says so", {"titles": "、".join(waiting)})
