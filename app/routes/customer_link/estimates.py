"""The estimate on the customer's phone: what was found, line by line, the choices, and the page to check them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app import languages
from app.domain.approval import approval as rules
from app.domain.approval import draft as drafts
from app.domain.errors import Refusal
from app.domain.history import Actor
from app.models.approval import approval_queries, link_queries
from app.models.changes import tell_desk
from app.models.workshop.add_on import AddOn
from app.routes.customer_link.consent import clauses
from app.routes.customer_link.guard import Asked, Guest, Visit
from app.routes.customer_link.last4 import LOCKED, ask_last4
from app.routes.customer_link.pages import answer, page, plain
from app.routes.customer_link.results import show_result
from app.routes.customer_link.shown import Shown, State, cards, changes, header, load_shown, today_of
from app.routes.dependencies import Db, Now

CALL_ME = "Please call me about this."
GROUPS = ("yes", "no", "later", "ask", "")


@get("/", name="link_estimate", sync_to_thread=True, opt={"public": True, "before_last4": True})
def show_estimate(request: Asked, db: Db, guest: Guest, now: Now) -> Template:
    """Whatever is next for this session: four digits, cards, what changed, the result, or why it is over."""
    if guest.locked_at:
        return plain(423, languages.translate(LOCKED))
    if not guest.is_known:
        return ask_last4(request, guest, now)
    return page_of(request, db, guest, load_shown(db, guest, now), now)


def page_of(request: Asked, db: Session, visit: Visit, shown: Shown, now: datetime, *, status: int = 0) -> Template:
    """The page of a state; `status` where it answers a post."""
    if shown.state == State.DECIDED:
        return show_result(request, db, visit, shown, now)
    if shown.state in (State.EXPIRED, State.WITHDRAWN):
        return page(shown.state, request, visit, now, status=status or 410, head=header(shown), content=shown.content)
    questions = approval_queries.questions(db, visit.estimate_id)
    context = {"cards": cards(request, visit, shown, questions), "head": header(shown), "content": shown.content,
               "outcome": shown.outcome, "choices": shown.choices, "reasons": rules.REASONS, "today": today_of(visit, now)}
    if shown.state == State.CHANGED:
        return page("changed", request, visit, now, status=status or 200, **context, **changes(shown),
                    old_head=header_of_older(shown))
    return page("estimate", request, visit, now, status=status or 200, **context)


def header_of_older(shown: Shown) -> dict[str, Any]:
    """The version the customer saw before."""
    older = shown.older
    return {"version": older.version_no, "published_at": older.published_at,
            "hash": f"{older.content_sha256[:4]} {older.content_sha256[4:8]}"}


@post("/draft", name="link_draft", sync_to_thread=True, opt={"public": True}, status_code=204)
def keep_draft(data: URLEncodedBody[dict[str, str]], db: Db, guest: Guest, now: Now) -> None:
    """The page's script keeps each choice as it is made; the session stays awake while somebody reads."""
    keep(db, guest, load_shown(db, guest, now), data, now)


@post("/review", name="link_review_post", sync_to_thread=True, opt={"public": True})
def create_review(
    data: URLEncodedBody[dict[str, str]], request: Asked, db: Db, guest: Guest, now: Now
) -> Response[Any]:
    """Keep the choices, pass on questions, then show it all once more."""
    shown = load_shown(db, guest, now)
    if shown.state not in (State.OPEN, State.CHANGED):
        return Redirect("/a/s", status_code=303)
    if not keep(db, guest, shown, data, now):
        return page_of(request, db, guest, load_shown(db, guest, now), now, status=409)
    ask_questions(db, guest, shown, data, now)
    return Redirect(f"/a/s#line{data['to']}" if data.get("to", "").isdigit() else "/a/s/review", status_code=303)


def keep(db: Session, visit: Visit, shown: Shown, form: Mapping[str, str], now: datetime) -> bool:
    """Keep the choices of a page of the version in force; a page of an older one is not kept."""
    session = link_queries.session_of(db, visit.session_id)
    session.seen_at = now
    if form.get("version_id") != str(shown.version.id) or shown.state not in (State.OPEN, State.CHANGED):
        return False
    merged = {**shown.choices, **drafts.read_choices(form, shown.content)}
    seen = sorted(set(visit.draft.get("photos", [])) | set(filter(None, form.get("photos", "")[:2_000].split(" "))))
    session.draft = {"answers": merged, "photos": seen, "end": visit.draft.get("end") or form.get("end") == "1"}
    session.shown_version_id, session.shown_at = shown.version.id, now
    tell_desk(db, visit.store_id, visit.repair_order_id)
    return True


def ask_questions(db: Session, visit: Visit, shown: Shown, form: Mapping[str, str], now: datetime) -> None:
    """Every new question goes to the advisor, once."""
    asked = approval_queries.questions(db, visit.estimate_id)
    customer = Actor(shown.content["customer"]["name"], kind="customer")
    for line_id, choice in drafts.read_choices(form, shown.content).items():
        earlier = [row.text for row in asked.get(line_id, [])]
        text = choice["ask"] or ("" if earlier else languages.translate(CALL_ME))
        if choice["choice"] == "ask" and text and text not in earlier:
            add_on = db.get_one(AddOn, UUID(line_id))
            rules.ask(add_on, text=text, by=customer, at=now)
            approval_queries.ask(db, visit.estimate_id, add_on, text, now)


@get("/review", name="link_review", sync_to_thread=True, opt={"public": True})
def show_review(request: Asked, db: Db, guest: Guest, now: Now) -> Response[Any]:
    """All choices on one page, the sums, the wording, and then the way to the signature."""
    shown = load_shown(db, guest, now)
    if shown.state != State.OPEN:
        return Redirect("/a/s", status_code=303)
    facts = approval_queries.signing_facts(db, guest.link_id)
    lines = {group: [line for line in shown.content["lines"]
                     if shown.choices.get(line["line_id"], {}).get("choice", "") == group] for group in GROUPS}
    return page("review", request, guest, now, lines=lines, choices=shown.choices, outcome=shown.outcome,
                head=header(shown), content=shown.content, fault=fault_of(guest, shown, now),
                clauses=clauses(db, guest, shown, facts, now))


def fault_of(visit: Visit, shown: Shown, now: datetime) -> Refusal | None:
    """What still stands in the way of a signature."""
    today = today_of(visit, now)
    try:
        rules.refuse_unsound(shown.content, drafts.answers(shown.choices, shown.content, today=today), today=today)
    except Refusal as refusal:
        return refusal
    return None


@get("/sign", name="link_sign", sync_to_thread=True, opt={"public": True})
def show_sheet(request: Asked, db: Db, guest: Guest, now: Now) -> Response[Any]:
    """The sheet to sign on."""
    shown = load_shown(db, guest, now)
    if shown.state != State.OPEN:
        return Redirect("/a/s", status_code=303)
    if fault_of(guest, shown, now):
        return Redirect("/a/s/review", status_code=303)
    return page("sign", request, guest, now, head=header(shown), content=shown.content, outcome=shown.outcome,
                choices_sha256=shown.choices_sha256, idempotency_key=key_of(guest, shown))


def key_of(visit: Visit, shown: Shown) -> str:
    """One signature of these choices on this version by this session: the same key at every retry (S-17)."""
    return f"{visit.session_id.hex}-{shown.choices_sha256[:16]}"


@post("/renewal", name="link_renewal", sync_to_thread=True, opt={"public": True})
def ask_for_renewal(request: Asked, db: Db, guest: Guest, now: Now) -> Response[Any]:
    """Too late, and still wanted: the advisor is asked for a new estimate."""
    from app.domain.approval import capability_link as links

    links.ask_again(link_queries.link_of(db, guest.link_id), at=now)
    return answer(request, 200, languages.translate("Your advisor has been told and will send a new estimate."))


HANDLERS = [show_estimate, keep_draft, create_review, show_review, show_sheet, ask_for_renewal]
