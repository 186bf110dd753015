"""The decision as it happens: what the customer opened, chose, asked; and the shop's answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app.domain.approval import approval as decisions
from app.domain.approval import question as questions
from app.domain.approval.draft import CHOICES
from app.domain.approval.estimate import EstimateStatus
from app.models.approval import approval_queries, estimate_queries
from app.models.approval.approval import LineQuestion
from app.models.approval.approval_queries import parsed
from app.models.approval.capability_link import SignSession
from app.models.approval.estimate import Estimate
from app.models.office.document_queries import documents_of_order
from app.models.reception.repair_order import RepairOrder
from app.models.workshop.add_on import AddOn
from app.routes.approval.sending import sent
from app.routes.dependencies import ADVISORS, REVIEWERS, Db, Now, Who
from app.routes.loading import of_store, order_for

OPT = {"roles": REVIEWERS}
LOOKING = timedelta(minutes=2)
READY_ANSWERS = ("saw", "if_waits", "we_would_do")


@dataclass(frozen=True)
class Answering:
    """One line as the customer stands to it now; `is_signed` when it counts."""

    content: dict[str, Any]
    answer: str
    detail: str
    is_signed: bool


@get("/approval/estimates/{order_id:uuid}/live", name="estimate_live", sync_to_thread=True, opt=OPT)
def show_live(order_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """Everything that happens on the link, as it happens."""
    return page(order_for(who, db, order_id), db, now, may_send=who.may(ADVISORS))


def page(order: RepairOrder, db: Session, now: datetime, *, may_send: bool) -> Template:
    """The page; live-fragment reads it again on every change and takes over what differs."""
    estimate, version = sent(order)
    content = parsed(version.payload)
    session = estimate_queries.last_session(db, estimate)
    lines = answering(order, content, session, version.id)
    asked = estimate_queries.questions(db, estimate)
    open_ones = [one for one in asked if one.answered_at is None]
    return Template("approval/estimates/live.html", context={
        "order": order, "estimate": estimate, "version": version, "content": content, "now": now, "lines": lines,
        "may_send": may_send, "cancellations": [one for one in order.add_ons if one.cancel_requested_at],
        "questions": asked, "question": open_ones[0] if open_ones else None, "is_decided": is_decided(estimate),
        "asked_line": line_of(content, open_ones[0].add_on_id) if open_ones else None, "ready": READY_ANSWERS,
        "is_looking": bool(session and now - session.seen_at < LOOKING), "session": session,
        "answered": sum(1 for line in lines if line.answer in CHOICES), "agreed_fen": agreed_fen(lines),
        "history": estimate_queries.link_history(db, order.id),
        "approval": approval_queries.approval_of_version(db, version.id), "is_expired": version.valid_until <= now,
        "documents": [one for one in documents_of_order(db, order.id) if one.kind in ("quotation", "add_on_approval")],
    })


def is_decided(estimate: Estimate) -> bool:
    """Whether the customer has signed."""
    return estimate.status == EstimateStatus.DECIDED


def answering(
    order: RepairOrder, content: dict[str, Any], session: SignSession | None, version_id: UUID
) -> list[Answering]:
    """Signed answers where there are some, else the choices kept in the browser that was active last."""
    draft = (session.draft or {}).get("answers", {}) if session and session.shown_version_id == version_id else {}
    add_ons = {str(one.id): one for one in order.add_ons}
    return [answer_to(line, add_ons[line["line_id"]], draft.get(line["line_id"], {})) for line in content["lines"]]


def answer_to(line: dict[str, Any], add_on: AddOn, choice: dict[str, Any]) -> Answering:
    """The customer's answer to one line."""
    signed = {status: word for word, status in CHOICES.items()}.get(add_on.status.value, "")
    if signed:
        until = add_on.defer_until_on.isoformat() if add_on.defer_until_on else ""
        return Answering(line, signed, until or add_on.decline_reason or "", is_signed=True)
    return Answering(line, choice.get("choice", ""), choice.get("day", "") or choice.get("why", ""), is_signed=False)


def agreed_fen(lines: list[Answering]) -> int:
    """What the lines chosen so far come to."""
    return sum(line.content["customer_fen"] for line in lines if line.answer == "yes")


def line_of(content: dict[str, Any], add_on_id: UUID) -> dict[str, Any] | None:
    """The frozen line a question is about."""
    found: list[dict[str, Any]] = content["lines"]
    return next((line for line in found if line["line_id"] == str(add_on_id)), None)


@post("/approval/add-ons/{add_on_id:uuid}/cancellation", name="cancellation_answer", sync_to_thread=True,
      opt={"roles": ADVISORS})
def create_cancellation_answer(
    add_on_id: FromPath[UUID], data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now
) -> Redirect:
    """The customer had second thoughts; the advisor has spoken with them."""
    add_on = of_store(who, db, AddOn, add_on_id)
    decisions.answer_cancellation(add_on, is_kept=data.get("answer") == "keep", by=who.actor, at=now)
    return Redirect(f"/approval/estimates/{add_on.repair_order_id}/live", status_code=303)


@post("/approval/questions/{question_id:uuid}/answer", name="question_answer", sync_to_thread=True, opt=OPT)
def create_answer(
    question_id: FromPath[UUID], data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now
) -> Redirect:
    """Answer a customer's question; it stands on their page at once."""
    question = of_store(who, db, LineQuestion, question_id)
    add_on = of_store(who, db, AddOn, question.add_on_id)
    questions.answer(question, add_on, data.get("answer", ""), by=who.actor, at=now)
    return Redirect(f"/approval/estimates/{add_on.repair_order_id}/live", status_code=303)


ROUTES = [show_live, create_answer, create_cancellation_answer]
