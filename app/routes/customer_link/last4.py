"""The last four digits of the phone the link went to: a check against misdelivery (S-12)."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template

from app import languages
from app.domain.approval import capability_link as rules
from app.models.approval import link_queries
from app.models.workshop import catalogue_queries
from app.routes.customer_link.guard import Asked, Guest, Visit, address_of
from app.routes.customer_link.pages import answer, page
from app.routes.customer_link.telling import tell_advisor
from app.routes.dependencies import Config, Db, Now

LOCKED = "For your protection this link is paused after several wrong tries. Please call the shop."
WAIT = "Too many wrong tries came from here. Please wait an hour, or call the shop."
YEARS_KEPT = 6  # approval.md §0.10


def ask_last4(request: Asked, visit: Visit, now: datetime, *, left: int | None = None, typed: str = "") -> Template:
    """The four boxes; after a wrong try with how many are left."""
    return page("last4", request, visit, now, hint=f"{visit.phone[:3]}****", left=left, typed=typed,
                status=200 if left is None else 422)


@post("/last4", name="link_last4", sync_to_thread=True, opt={"public": True, "before_last4": True})
def create_check(
    data: URLEncodedBody[dict[str, str]], request: Asked, db: Db, guest: Guest, now: Now, config: Config
) -> Response[Any]:
    """Compare; the fifth wrong try locks the link and tells the advisor."""
    if link_queries.is_over_limit(db, "last4", address_of(request), config.secret, now):
        return answer(request, 429, languages.translate(WAIT))
    link = link_queries.link_of(db, guest.link_id)
    if link.locked_at:
        return answer(request, 423, languages.translate(LOCKED))
    session = link_queries.session_of(db, guest.session_id)
    typed = data.get("digits") or "".join(data.get(f"d{n}", "") for n in range(1, 5))
    if rules.check_last4(link, session, typed.strip(), at=now):
        session.draft = link_queries.last_draft(db, link.id, session.id)
        session.shown_version_id = link_queries.versions(db, guest.estimate_id, None)[0].id
        session.shown_at = now
        return Redirect("/a/s", status_code=303)
    link_queries.count_miss(db, "last4", address_of(request), config.secret, now)
    if link.locked_at:
        tell_advisor(db, link.estimate.repair_order, "link_locked", config=config, at=now)
        return answer(request, 423, languages.translate(LOCKED))
    return ask_last4(request, guest, now, left=rules.tries_left(link), typed=typed)


@get("/privacy", name="link_privacy", sync_to_thread=True, opt={"public": True, "before_last4": True})
def show_privacy(request: Asked, db: Db, guest: Guest, now: Now) -> Template:
    """How personal information is used, before anything is asked for."""
    notice = catalogue_queries.content_item(db, guest.store_id, "legal_text", "privacy_link")
    facts = {"store_name": guest.legal_name, "privacy_contact": guest.complaint_phone, "retention_years": YEARS_KEPT}
    clauses = [languages.say(clause["text"]).format_map(facts) for clause in notice["clauses"]
               if clause["id"] != "marketing"]  # two boxes of the paper form; the link asks for no such consent
    return page("privacy", request, guest, now, heading=languages.say(notice["title"]), clauses=clauses)


HANDLERS = [create_check, show_privacy]
