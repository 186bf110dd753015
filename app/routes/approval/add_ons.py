"""Proposals of the workshop, looked at by a second person before any customer sees them."""

from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app.domain.approval import plain_words
from app.domain.approval.flagged import replaced
from app.domain.errors import NotAllowed
from app.domain.workshop import add_on as rules
from app.domain.workshop import review
from app.models.approval import review_queries
from app.models.workshop import catalogue_queries, pricing_queries
from app.models.workshop.add_on import AddOn
from app.routes.approval import review_page
from app.routes.dependencies import INSPECTORS, MANAGERS, REVIEWERS, Db, Now, Who
from app.routes.loading import of_store

OPT = {"roles": REVIEWERS}
Form = URLEncodedBody[dict[str, str]]


def back_to(add_on: AddOn) -> Redirect:
    """The review again."""
    return Redirect(f"/approval/add-ons/{add_on.id}", status_code=303)


@get("/approval/add-ons/{add_on_id:uuid}", name="add_on_review", sync_to_thread=True, opt=OPT)
def show_add_on(add_on_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """The proposal with its evidence and its words."""
    return review_page.page(of_store(who, db, AddOn, add_on_id), db, who, now)


@post("/approval/add-ons/{add_on_id:uuid}/words", name="add_on_words", sync_to_thread=True, opt=OPT)
def update_words(add_on_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Redirect:
    """The three sentences as the reviewer wrote them, and how long it can wait; a field left out stays."""
    add_on = of_store(who, db, AddOn, add_on_id)
    words = {field: data.get(field, getattr(add_on, field)) for field in review_page.FIELDS}
    rules.reword(add_on, **words, urgency=data.get("urgency", add_on.urgency), by=who.actor, at=now)
    return back_to(add_on)


@post("/approval/add-ons/{add_on_id:uuid}/replacement", name="add_on_replacement", sync_to_thread=True, opt=OPT)
def create_replacement(add_on_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Redirect:
    """Exchange one highlighted word for the plain one."""
    add_on = of_store(who, db, AddOn, add_on_id)
    field = data.get("field", "")
    if field not in review_page.FIELDS or not data.get("start", "").isdecimal():
        raise NotAllowed("The text was changed meanwhile. Look at it once more.")
    words = {name: getattr(add_on, name) for name in review_page.FIELDS}
    words[field] = replaced(words[field], start=int(data["start"]), old=data.get("old", ""), new=data.get("new", ""))
    rules.reword(add_on, **words, urgency=add_on.urgency, by=who.actor, at=now)
    return back_to(add_on)


@post("/approval/add-ons/{add_on_id:uuid}/related/{operation_id:str}", name="add_on_related", sync_to_thread=True,
      opt=OPT)
def create_answer(
    add_on_id: FromPath[UUID], operation_id: FromPath[str], data: Form, db: Db, who: Who, now: Now
) -> Redirect:
    """Answer whether a related operation is needed too."""
    add_on = of_store(who, db, AddOn, add_on_id)
    operation = catalogue_queries.operation(db, who.store_id, operation_id)
    rules.answer_related(add_on, operation.id, data.get("answer", ""), by=who.actor, at=now)
    return back_to(add_on)


@post("/approval/add-ons/{add_on_id:uuid}/related/{operation_id:str}/add-on", name="add_on_companion",
      sync_to_thread=True, opt=OPT)
def create_companion(add_on_id: FromPath[UUID], operation_id: FromPath[str], db: Db, who: Who, now: Now) -> Redirect:
    """Propose the related work as a line of its own; somebody else has to review it."""
    add_on = of_store(who, db, AddOn, add_on_id)
    companion = companion_of(db, add_on, operation_id)
    photo_count = len(add_on.finding.photos) if add_on.finding else 0
    rules.propose(companion, related=(), photo_count=photo_count, by=who.actor, at=now)
    rules.answer_related(add_on, operation_id, "needed", by=who.actor, at=now)
    return back_to(companion)


def companion_of(db: Session, add_on: AddOn, operation_id: str) -> AddOn:
    """A priced line for the related operation, standing on the same finding."""
    order = add_on.repair_order
    if any(line.operation_id == operation_id and line.removed_at is None for line in order.lines):
        raise NotAllowed("This work is already on the order.")
    operation = catalogue_queries.operation(db, add_on.store_id, operation_id)
    companion = AddOn(store_id=add_on.store_id, position=len(order.lines) + 1, kind=add_on.kind, title_zh="",
                      urgency=add_on.urgency, finding_id=add_on.finding_id, related_answers=[], payer=add_on.payer,
                      saw="", if_waits="", we_would_do="", remark="", price_reason="", discount_fen=0)
    order.lines.append(companion)
    pricing_queries.price_line(db, companion, operation, order.vehicle)
    db.flush()
    return companion


@post("/approval/add-ons/{add_on_id:uuid}/review", name="add_on_pass", sync_to_thread=True, opt=OPT)
def create_review(add_on_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Redirect:
    """The second person passes it."""
    add_on = of_store(who, db, AddOn, add_on_id)
    rules.refuse_proposer(add_on, who.actor)
    refuse_unfinished(db, add_on)
    rules.approve_review(add_on, by=who.actor, at=now, is_inspector=who.may(INSPECTORS),
                         is_supervisor=who.may(MANAGERS))
    return Redirect(next_after(add_on), status_code=303)


def refuse_unfinished(db: Session, add_on: AddOn) -> None:
    """Raise while a related operation is unanswered or a sentence may not be sent."""
    _jargon, forbidden = review_queries.word_lists(db, add_on.store_id)
    for field in review_page.FIELDS:
        plain_words.refuse_blocked(getattr(add_on, field), forbidden)
    related = [row.operation.id for row in review_queries.related(db, add_on)]
    if review.unanswered(related, add_on):
        raise NotAllowed("Every related operation needs an answer first.")


def next_after(add_on: AddOn) -> str:
    """The next proposal of this car, else its estimate."""
    waiting = [one for one in add_on.repair_order.add_ons if one.status == rules.AddOnStatus.PROPOSED]
    return f"/approval/add-ons/{waiting[0].id}" if waiting else f"/approval/estimates/{add_on.repair_order_id}"


@post("/approval/add-ons/{add_on_id:uuid}/return", name="add_on_return", sync_to_thread=True, opt=OPT)
def create_return(add_on_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Redirect:
    """Back to the technician, with what is to be done."""
    add_on = of_store(who, db, AddOn, add_on_id)
    rules.send_back(add_on, reason=data.get("reason", ""), by=who.actor, at=now)
    return back_to(add_on)


@post("/approval/add-ons/{add_on_id:uuid}/withdrawal", name="add_on_withdraw", sync_to_thread=True, opt=OPT)
def create_withdrawal(add_on_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Redirect:
    """It is not put to the customer at all; the reason stays."""
    add_on = of_store(who, db, AddOn, add_on_id)
    rules.withdraw(add_on, reason=data.get("reason", ""), by=who.actor, at=now)
    return back_to(add_on)


ROUTES = [show_add_on, update_words, create_replacement, create_answer, create_companion, create_review, create_return,
          create_withdrawal]
