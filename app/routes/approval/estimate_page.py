"""What the estimate page shows: the lines by urgency, the sums, the new time, the checks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from litestar.response import Template
from sqlalchemy.orm import Session

from app.domain.approval import estimate as rules
from app.domain.approval.estimate_content import Stock, asked_fen, in_shown_order, signed_fen
from app.domain.approval.line_price import OPEN, PAYERS
from app.domain.approval.readiness import checks
from app.domain.workshop.add_on import AddOnStatus
from app.models.approval import estimate_queries, freeze, review_queries
from app.models.approval.estimate import Estimate
from app.models.office.document_queries import document_of
from app.models.reception.repair_order import RepairOrder
from app.models.workshop.add_on import AddOn
from app.routes.dependencies import ADVISORS, Person

GROUPS = {"must": "Better today", "recommended": "Recommended", "can_wait": "Can wait"}
CHOICES = (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), timedelta(hours=4))


@dataclass(frozen=True)
class Row:
    """A line with its stock."""

    line: AddOn
    stock: Stock
    part_class: str


def page(order: RepairOrder, db: Session, who: Person, now: datetime, *, chosen: UUID | None) -> Template:
    """The whole page; with a line chosen, its form stands in the side pane."""
    lines = in_shown_order(estimate_queries.lines_to_send(order))
    stock = freeze.stock_of(db, lines) if lines else {}
    related = freeze.related_of(db, lines) if lines else {}
    rows = [Row(one, stock[one.id], one.parts[0].part_class if one.parts else "") for one in lines]
    estimate = freeze.current_round(order)
    line = next((one for one in order.add_ons if one.id == chosen), None)
    return Template("approval/estimates/estimate.html", context={
        "order": order, "now": now, "estimate": estimate, "may_send": who.may(ADVISORS), "line": line,
        "groups": [(word, found) for key, word in GROUPS.items() if (found := [r for r in rows if r.line.urgency == key])],
        "ceilings": [row for found in related.values() for row in found if row["ceiling_fen"]],
        "unreviewed": [one for one in order.add_ons if one.status == AddOnStatus.PROPOSED],
        "put_off": estimate_queries.lines_put_off(order), "lines": lines, "form": form(line, db, who) if line else None,
        "quotation": quotation(db, estimate), "is_out": is_out(estimate, lines, now),
        **sums(order, lines, stock, related), **times(order, estimate, lines, stock, now), **readiness(db, who, rows),
    })


def is_out(estimate: Estimate | None, lines: list[AddOn], now: datetime) -> bool:
    """Whether the customer has exactly this before them and may still answer, so that nothing is to be sent anew."""
    return bool(estimate and estimate.current and estimate.current.valid_until > now and lines
                and all(one.status == AddOnStatus.PRESENTED for one in lines))


def sums(order: RepairOrder, lines: list[AddOn], stock: dict[UUID, Stock], related: dict[UUID, Any]) -> dict[str, int]:
    """Signed, asked, together, and the most there may still be; all in fen."""
    signed, asked = signed_fen(order), asked_fen(lines)
    ceiling = sum(row["ceiling_fen"] or 0 for found in related.values() for row in found)
    return {"signed_fen": signed, "asked_fen": asked, "after_fen": signed + asked, "ceiling_fen": ceiling}


def times(
    order: RepairOrder, estimate: Estimate | None, lines: list[AddOn], stock: dict[UUID, Stock], now: datetime
) -> dict[str, Any]:
    """The promised time before and after, and until when the customer may answer."""
    minutes = freeze.minutes_today(lines, stock)
    promised = order.promised_at if order.promised_at and order.promised_at > now else None
    chosen = estimate.valid_until if estimate and estimate.valid_until and estimate.valid_until > now else None
    return {
        "extra_minutes": sum(minutes), "is_late_promise": promised is None, "valid_chosen": chosen,
        "valid_options": options(promised, chosen, now) if promised else [],
        "promised_after": rules.promised_after(promised, minutes) if promised else None,
        "booked_later": [one for one in lines if not stock[one.id].in_stock],
    }


def options(promised: datetime, chosen: datetime | None, now: datetime) -> list[datetime]:
    """The times to choose from, up to the promised one."""
    steps = {moment for step in CHOICES if (moment := rounded_up(now + step)) < promised}
    return sorted(steps | {promised} | ({chosen} if chosen else set()))


def rounded_up(moment: datetime) -> datetime:
    """The next full ten minutes, so that people can say it."""
    over = timedelta(minutes=moment.minute % 10, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not over else moment - over + timedelta(minutes=10)


def readiness(db: Session, who: Person, rows: list[Row]) -> dict[str, Any]:
    """The four checks, and whether one stops it."""
    jargon, forbidden = review_queries.word_lists(db, who.store_id)
    found = checks([row.line for row in rows], jargon=jargon, forbidden=forbidden,
                   waiting_for_parts=[row.line.title_zh for row in rows if not row.stock.in_stock])
    return {"checks": found, "stops": [check for check in found if check.kind == "stop"]}


def form(line: AddOn, db: Session, who: Person) -> dict[str, Any]:
    """What may be changed on a line, and how far this person may go."""
    limit = estimate_queries.discount_limit(db, who.store_id, who.roles)
    return {"is_open": line.status in OPEN, "payers": PAYERS, "parts": estimate_queries.other_parts(db, [line]),
            "discount_limit_fen": limit.of_line(line.labour_fen, line.parts_fen),
            "may_reopen": line.status in (AddOnStatus.PRESENTED, AddOnStatus.APPROVED)}


def quotation(db: Session, estimate: Estimate | None) -> Any:
    """The paper of the version that is out."""
    return document_of(db, estimate.current.id, "quotation") if estimate and estimate.current else None
