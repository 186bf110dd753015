"""What the review page shows: evidence left, words right, what is still open below."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar.response import Template
from sqlalchemy.orm import Session

from app.domain.approval.estimate_content import signed_fen
from app.domain.approval.evidence_content import evidence
from app.domain.approval.flagged import Piece, pieces
from app.domain.approval.photo_marks import arrows, rings
from app.domain.approval.scale import measure, scale
from app.domain.workshop import review
from app.domain.workshop.add_on import OPEN_TO_WORDS, AddOnStatus
from app.models.approval import review_queries
from app.models.workshop.add_on import AddOn
from app.routes.dependencies import INSPECTORS, MANAGERS, Person

FIELDS = {"saw": "What we saw", "if_waits": "What happens if it waits", "we_would_do": "What we would do"}


@dataclass(frozen=True)
class Sentence:
    """One of the three sentences, cut at what should be said otherwise."""

    field: str
    label: str
    text: str
    pieces: list[Piece]

    @property
    def flags(self) -> list[Piece]:
        """The highlighted pieces."""
        return [piece for piece in self.pieces if piece.span]


@dataclass(frozen=True)
class Open:
    """Something still to do before it may pass, and where on the page it is."""

    sentence: str
    anchor: str


def page(add_on: AddOn, db: Session, who: Person, now: datetime) -> Template:
    """The whole page."""
    jargon, forbidden = review_queries.word_lists(db, who.store_id)
    sentences = [Sentence(field, label, getattr(add_on, field), pieces(getattr(add_on, field), jargon, forbidden))
                 for field, label in FIELDS.items()]
    related = review_queries.related(db, add_on)
    photos = [photo for photo in (add_on.finding.photos if add_on.finding else []) if photo.blob_sha256]
    shown = evidence(add_on.finding, photos, first_number=1)
    return Template("approval/add_ons/review.html", context={
        "add_on": add_on, "order": add_on.repair_order, "now": now, "sentences": sentences, "related": related,
        "photos": photos, "shown": shown, "scale": scale(shown), "measured": measure(shown["value_x1000"], shown["unit"]),
        "rings": rings(photos[0].marks) if photos else [], "arrows": arrows(photos[0].marks) if photos else [],
        "doubles": review.doubles(add_on, review_queries.same_work(db, add_on), at=now),
        "clashes": review_queries.clashes(db, add_on), "signed_fen": signed_fen(add_on.repair_order),
        "times": review.time_on_system(add_on), "open": still_open(add_on, sentences, related),
        "word_count": sum(len(one.flags) for one in sentences), **rights(add_on, who),
    })


def rights(add_on: AddOn, who: Person) -> dict[str, Any]:
    """What this person may do here; the verbs refuse the rest in any case."""
    return {
        "is_proposer": who.actor.is_same_person_as(add_on.proposed_by_id),
        "may_reword": add_on.status in OPEN_TO_WORDS,
        "may_review": add_on.status == AddOnStatus.PROPOSED,
        "needs_inspector": review.is_harsher_than_its_value(add_on.finding) and not who.may(INSPECTORS),
        "needs_release": review.time_on_system(add_on) > review.FREE_TIMES and not who.may(MANAGERS),
        "may_withdraw": add_on.status.may_become(AddOnStatus.WITHDRAWN) and add_on.status != AddOnStatus.APPROVED,
        "may_send_back": add_on.status.may_become(AddOnStatus.RETURNED),
    }


def still_open(add_on: AddOn, sentences: list[Sentence], related: list[review_queries.Related]) -> list[Open]:
    """In the order of the page: missing evidence, missing or unsendable words, unanswered related work."""
    found = [Open("Photo or value is missing", "evidence") for _ in review.lacking_evidence(add_on)[:1]]
    found += [Open(one.label, f"say-{one.field}") for one in sentences
              if not one.text.strip() or any(piece.span and piece.span.stops_sending for piece in one.pieces)]
    return found + [Open(row.operation.name_zh, f"ask-{row.operation.id}") for row in related if not row.answer]
