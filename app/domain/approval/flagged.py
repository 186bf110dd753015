"""A text cut into plain and highlighted pieces, and the one-tap replacement of a highlighted one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.approval.plain_words import Span, screen
from app.domain.errors import Stale


@dataclass(frozen=True)
class Piece:
    """A stretch of text; with its span when it is to be highlighted."""

    text: str
    span: Span | None = None

    @property
    def asks_for_a_new_sentence(self) -> bool:
        """Whether the better words are a sentence of their own, which takes the place of the whole text."""
        return self.span is not None and any(sign in self.span.instead for sign in "，；。")


def pieces(text: str, jargon: Iterable[Mapping[str, Any]], forbidden: Iterable[Mapping[str, Any]]) -> list[Piece]:
    """The text in order; where two highlights overlap the first, longest one counts."""
    found: list[Piece] = []
    at = 0
    for span in screen(text, jargon, forbidden):
        if span.start < at:
            continue
        found += [Piece(text[at:span.start])] if span.start > at else []
        found.append(Piece(span.text, span))
        at = span.end
    return found + ([Piece(text[at:])] if at < len(text) else [])


def replaced(text: str, *, start: int, old: str, new: str) -> str:
    """The text with one stretch exchanged; refused when somebody changed it meanwhile."""
    if not old or text[start:start + len(old)] != old:
        raise Stale("The text was changed meanwhile. Look at it once more.")
    return text[:start] + new + text[start + len(old):]
