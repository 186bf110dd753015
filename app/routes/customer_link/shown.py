"""What a customer's session is looking at: the frozen version in force, what was shown before, the choices so far."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app import languages
from app.canonical import content_hash
from app.domain.approval.approval import Outcome, needs_acknowledgement, outcome
from app.domain.approval.approval import moment as moment_of
from app.domain.approval.difference import differences, dropped
from app.domain.approval.draft import Choices, decisions, kept_choices
from app.domain.approval.estimate import EstimateStatus
from app.domain.approval.photo_marks import drawing
from app.domain.approval.scale import measure, scale
from app.models.approval import link_queries
from app.models.approval.approval_queries import parsed
from app.routes.customer_link.guard import Asked, Visit
from app.security import sha256

NO_CHOICE = {"choice": "", "when": "", "day": "", "km": "", "aware": False, "why": "", "ask": ""}
FULL_CARDS = 6  # from the seventh line on a long list shows compact ones


class State(StrEnum):
    """Which page an open session sees."""

    OPEN = "open"
    CHANGED = "changed"
    DECIDED = "decided"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Shown:
    """A version with its content parsed; `before` is the content this browser was shown, if that is an older one."""

    state: State
    version: Any
    content: dict[str, Any]
    older: Any
    before: dict[str, Any] | None
    choices: Choices

    @property
    def outcome(self) -> Outcome:
        """What the choices so far come to."""
        return outcome(self.content, decisions(self.choices))

    @property
    def choices_sha256(self) -> str:
        """Names the choices that a signature page showed, so that another tab can't swap them."""
        return content_hash(self.choices)


def load_shown(db: Session, visit: Visit, now: datetime) -> Shown:
    """The version in force for this visit, in one statement."""
    rows = link_queries.versions(db, visit.estimate_id, visit.shown_version_id)
    version = rows[0]
    older = next((row for row in rows if row.id == visit.shown_version_id and row.id != version.id), None)
    content, before = parsed(version.payload), parsed(older.payload) if older else None
    return Shown(state_of(visit, version, older, now), version, content, older, before,
                 kept_choices(visit.draft, before, content))


def state_of(visit: Visit, version: Any, older: Any, now: datetime) -> State:
    """What can be done with it now."""
    if version.status == EstimateStatus.WITHDRAWN:
        return State.WITHDRAWN
    if version.status == EstimateStatus.DECIDED:
        return State.DECIDED
    if now >= version.valid_until or now >= visit.expires_at:
        return State.EXPIRED
    return State.CHANGED if older else State.OPEN


def today_of(visit: Visit, now: datetime) -> date:
    """The shop's day."""
    return now.astimezone(ZoneInfo(visit.time_zone)).date()


def cards(request: Asked, visit: Visit, shown: Shown, questions: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Each line with what its card draws: scale, photos' addresses, the choice so far, questions and answers."""
    return [card(request, visit, line, shown.choices.get(line["line_id"], {}), questions.get(line["line_id"], []))
            for line in shown.content["lines"]]


def card(request: Asked, visit: Visit, line: dict[str, Any], choice: dict[str, Any],
         questions: list[Any]) -> dict[str, Any]:
    """One line's card."""
    edge = 3_600 if languages.language.get() == "en" else 2_200  # English words are longer
    return {
        "line": line, "n": line["position"], "choice": {**NO_CHOICE, **choice}, "questions": questions,
        "scale": scale(line, edge=edge),
        "value": measure(line["value_x1000"], line["unit"]), "limit": limit_words(line),
        "needs_tick": needs_acknowledgement(line), "is_compact": line["position"] > FULL_CARDS,
        "found_at": moment_of(line["found_at"]) if line["found_at"] else None,
        "photos": [photo(request, visit, one) for one in line["photos"]],
    }


def limit_words(line: dict[str, Any]) -> str:
    """The figure beside a measured value: the limit that the value is nearest to."""
    limit, value = line.get("limit") or {}, line.get("value_x1000")
    bounds = [bound for bound in (limit.get("low_x1000"), limit.get("high_x1000")) if bound is not None]
    if value is None or not bounds:
        return ""
    return measure(min(bounds, key=lambda bound: abs(bound - value)), line["unit"])


def photo(request: Asked, visit: Visit, one: dict[str, Any]) -> dict[str, Any]:
    """A photo with this session's own address of it."""
    return {**one, "key": photo_key(request, visit, one["id"]),
            "taken_at": moment_of(one["taken_at"]) if one["taken_at"] else None, "marks": drawing(one["marks"])}


def photo_key(request: Asked, visit: Visit, photo_id: str) -> str:
    """Unguessable and of no use in another session (S-30)."""
    return sha256(f"{request.app.state.settings.secret}:photo:{visit.session_id}:{photo_id}")[:32]


def header(shown: Shown) -> dict[str, Any]:
    """The times of a version as moments, for the filters."""
    content = shown.content
    return {"before": moment_of(content["promised_before"]), "after": moment_of(content["promised_after"]),
            "valid_until": moment_of(content["valid_until"]), "published_at": moment_of(content["published_at"]),
            "hash": f"{shown.version.content_sha256[:4]} {shown.version.content_sha256[4:8]}",
            "sha256": shown.version.content_sha256, "version_id": str(shown.version.id)}


def changes(shown: Shown) -> dict[str, Any]:
    """What the newer version changed against the one that was shown."""
    assert shown.before is not None
    return {"changed": differences(shown.before, shown.content), "dropped": dropped(shown.before, shown.content)}

