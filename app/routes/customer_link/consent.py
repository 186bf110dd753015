"""The wording above the signature: the frozen text with this customer's own figures in its blanks."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app import languages
from app.domain.approval.approval import moment as moment_of
from app.domain.money import yuan
from app.domain.reception.vehicle import shown_plate
from app.models.approval.approval import ConsentText
from app.models.workshop import catalogue_queries
from app.routes.customer_link.guard import Visit
from app.routes.customer_link.shown import Shown
from app.templating import day_words

BLANK = "____"
OLD_PARTS = {"take": "I take them along", "leave": "the shop disposes of them", "see_first": "I look at them first"}


class Blanks(dict[str, str]):
    """Facts by name; what is not known stays blank and is never made up."""

    def __missing__(self, key: str) -> str:
        return BLANK


def clauses(db: Session, visit: Visit, shown: Shown, facts: Any, now: datetime) -> list[dict[str, Any]]:
    """The clauses of the consent text this version is bound to, filled."""
    text = db.get_one(ConsentText, UUID(shown.content["consent_text"]["id"]))
    blanks = Blanks({key: value for key, value in figures(visit, shown, facts, now).items() if value})
    blanks["privacy_version"] = str(
        catalogue_queries.content_item(db, visit.store_id, "legal_text", "privacy_link")["version"])
    return [{"text": languages.say(clause["text"]).format_map(blanks), "is_strong": bool(clause.get("conspicuous"))}
            for clause in text.body["clauses"]]


def figures(visit: Visit, shown: Shown, facts: Any, now: datetime) -> dict[str, str]:
    """The figures of this decision."""
    content, sums = shown.content, shown.outcome
    _ = languages.translate
    return {
        "plate": shown_plate(content["vehicle"]["plate"]),
        "signer_relation": _("owner of the car") if facts.is_owner else _("driver sent by the owner"),
        "version_no": str(shown.version.version_no),
        "hash8": shown.version.content_sha256[:8],
        "approved_count": str(sums.approved),
        "added_yuan": yuan(sums.approved_fen),
        "original_total_yuan": yuan(content["before_fen"]),
        "new_total_yuan": yuan(sums.total_after_fen),
        "promised_at_old": local_moment(moment_of(content["promised_before"]), visit.time_zone, now),
        "promised_at_new": local_moment(sums.promised_after, visit.time_zone, now),
        "old_part_choice": _(OLD_PARTS.get(facts.old_parts, "")),
        "order_no": content["order"]["number"],
    }


def local_moment(at: datetime, time_zone: str, now: datetime) -> str:
    """`今天 16:30` in the shop's zone."""
    zone = ZoneInfo(time_zone)
    return f"{day_words(at.astimezone(zone).date(), now.astimezone(zone).date())} {at.astimezone(zone):%H:%M}"
