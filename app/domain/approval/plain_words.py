"""Plain words: jargon, exaggeration and promises nobody may make, found in texts for customers (R-CORE-19)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.domain.errors import NotAllowed

MASK = "□"
FULL_WIDTH = {code: code - 0xFEE0 for code in range(ord("０"), ord("ｚ") + 1)}


@dataclass(frozen=True)
class Span:
    """A stretch of the text to highlight, with what to say instead."""

    start: int
    end: int
    text: str
    kind: str  # jargon, warn or block
    entry_id: str
    instead: str
    why: str

    @property
    def stops_sending(self) -> bool:
        """Whether the text may not go out with this in it."""
        return self.kind == "block"


def screen(text: str, jargon: Iterable[Mapping[str, Any]], forbidden: Iterable[Mapping[str, Any]]) -> list[Span]:
    """All to highlight in a text, in order: jargon only advises, `warn` asks for rewording, `block` stops."""
    spans = [*forbidden_spans(text, forbidden), *jargon_spans(text, jargon)]
    return sorted(spans, key=lambda span: (span.start, -span.end))


def folded(text: str) -> str:
    """Full-width letters and digits as half-width ones, case folded; every character keeps its place."""
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text.translate(FULL_WIDTH))


def forbidden_spans(text: str, forbidden: Iterable[Mapping[str, Any]]) -> Iterator[Span]:
    """Where phrases of the list stand: fold the width, mask each entry's exceptions, then search."""
    for entry in forbidden:
        for found in _pattern(entry["pattern"]).finditer(masked(folded(text), entry.get("except", ()))):
            if found.group():
                yield _span(text, found.start(), found.end(), entry.get("severity", "block"), entry)


def masked(text: str, allowed: Iterable[str]) -> str:
    """The text with its harmless phrases blotted out, as long as before."""
    for phrase in allowed:
        text = text.replace(folded(phrase), MASK * len(phrase))
    return text


def jargon_spans(text: str, jargon: Iterable[Mapping[str, Any]]) -> Iterator[Span]:
    """Where the trade's words stand, the longest first, each place once."""
    words = {folded(word): entry for entry in jargon for word in (entry["term"], *entry["variants"])}
    if not words:
        return
    longest_first = sorted(words, key=len, reverse=True)
    for found in _pattern("|".join(map(_whole, longest_first))).finditer(folded(text)):
        entry = words[found.group().lower()]
        yield Span(found.start(), found.end(), text[found.start() : found.end()], "jargon", entry["id"],
                   entry["plain"], entry["explanation"])


def refuse_blocked(text: str, forbidden: Iterable[Mapping[str, Any]]) -> None:
    """Raise when a text holds what no customer may be sent."""
    for span in forbidden_spans(text, forbidden):
        if span.stops_sending:
            raise NotAllowed("“%(text)s” can't be sent. Say instead: %(instead)s", text=span.text, instead=span.instead)


def _span(text: str, start: int, end: int, kind: str, entry: Mapping[str, Any]) -> Span:
    return Span(start, end, text[start:end], kind, entry["id"], _chinese(entry["instead"]), _chinese(entry["why"]))


def _whole(word: str) -> str:
    """汉字 stand anywhere, Latin letters only as a word of their own: ABS, but not in `absorber`."""
    pattern = re.escape(word)
    before = r"(?<![a-z0-9])" if word[0].isascii() else ""
    return before + pattern + (r"(?![a-z0-9])" if word[-1].isascii() else "")


def _chinese(words: str | Mapping[str, str]) -> str:
    return words if isinstance(words, str) else words["zh"]


@lru_cache(maxsize=1024)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
