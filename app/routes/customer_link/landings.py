"""The address in the message: a page that says nothing personal, and the button that begins a session."""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app import languages
from app.domain.approval import capability_link as rules
from app.models.approval import link_queries
from app.models.approval.capability_link import SignSession
from app.routes.customer_link.guard import COOKIE, Asked, address_of
from app.routes.customer_link.pages import icons, not_found, plain
from app.routes.dependencies import Config, Db, Now
from app.security import new_token, sha256
from app.settings import Settings

TOO_MANY = "Too many addresses were tried from here. Please wait ten minutes, or call the shop."


@get("/a/{token:str}", name="link_landing", sync_to_thread=True, opt={"public": True})
def show_landing(token: FromPath[str], request: Asked, db: Db, now: Now, config: Config) -> Template:
    """What anybody and any robot sees: the shop's name and a button (S-08, S-09)."""
    link = live_link(db, token, now)
    if link is None:
        with request.app.state.database.writing() as writer:
            return missed(writer, request, now, config)
    if link.fetched_at is None:
        link_queries.note_fetch(request.app.state.database, link.id, now)
    shop = {"name": link.store_name, "legal_name": link.legal_name, "address": link.address, "phone": link.store_phone}
    return Template("customer_link/landing.html",
                    context={"shop": shop, "icons": icons(), "token": token, "staff_name": ""})


@post("/a/{token:str}/open", name="link_open", sync_to_thread=True, opt={"public": True})
def create_session(token: FromPath[str], request: Asked, db: Db, now: Now, config: Config) -> Response[Any]:
    """The button: an anonymous session, and the secret leaves the address bar (S-11, S-19)."""
    found = live_link(db, token, now)
    if found is None:
        return missed(db, request, now, config)
    cookie = new_token()
    link = link_queries.link_of(db, found.id)
    session = SignSession(store_id=link.store_id, cookie_sha256=sha256(cookie), address=address_of(request),
                          user_agent=request.headers.get("user-agent", "")[:300], draft={})
    rules.open_session(link, session, at=now)
    answer = Redirect("/a/s", status_code=303)
    answer.set_cookie(Cookie(COOKIE, value=cookie, httponly=True, samesite="lax", secure=config.is_https, path="/a",
                             max_age=int(rules.SESSION_LIFE.total_seconds())))
    return answer


def live_link(db: Session, token: str, now: datetime) -> Any:
    """The link of a secret that still answers; all others are answered alike (S-25)."""
    found = link_queries.landing(db, sha256(token))
    if found is None or not rules.may_open(
        issued_at=found.issued_at, expires_at=found.expires_at, revoked_at=found.revoked_at, channel=found.channel,
        decided_at=found.decided_at, at=now,
    ):
        return None
    return found


def missed(db: Session, request: Asked, now: datetime, config: Settings) -> Template:
    """A wrong address: counted for whoever tries many of them."""
    if link_queries.is_over_limit(db, "token", address_of(request), config.secret, now):
        return plain(429, languages.translate(TOO_MANY))
    link_queries.count_miss(db, "token", address_of(request), config.secret, now)
    return not_found()


HANDLERS = [show_landing, create_session]
