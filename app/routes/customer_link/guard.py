"""Who is behind a customer's page: an anonymous session bound to one link, never an account."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler

from app import languages
from app.domain.approval import capability_link as rules
from app.domain.errors import Forbidden, NotFound, Refusal
from app.models.approval import link_queries
from app.models.office import login_queries
from app.routes.dependencies import COOKIE as STAFF_COOKIE
from app.routes.dependencies import SAFE
from app.security import csrf_token, is_csrf_token, sha256
from app.settings import Settings

COOKIE = "mingdan_sign"
Asked = Request[Any, Any, Any]


class Ended(Refusal):
    """No open session: too long untouched, the link withdrawn, or never opened here."""

    status = 401


class NotYet(Refusal):
    """The last four digits come first."""

    status = 403


@dataclass(frozen=True)
class Visit:
    """A browser that opened a link, with what every page of it needs."""

    session_id: UUID
    opened_at: datetime
    seen_at: datetime
    session_ends_at: datetime
    last4_ok_at: datetime | None
    shown_version_id: UUID | None
    shown_at: datetime | None
    draft: dict[str, Any]
    link_id: UUID
    estimate_id: UUID
    repair_order_id: UUID
    store_id: UUID
    phone: str
    expires_at: datetime
    revoked_at: datetime | None
    locked_at: datetime | None
    failed_checks: int
    language: str
    store_name: str
    legal_name: str
    address: str
    store_phone: str
    complaint_phone: str
    time_zone: str
    staff_name: str = ""  # somebody of the shop is logged in on this browser

    @property
    def is_known(self) -> bool:
        """Whether the last four digits were given."""
        return self.last4_ok_at is not None


Guest = NamedDependency[Visit]


def provide_guest(request: Asked) -> Visit:
    """Whom the guard let in."""
    return request.scope["visit"]  # type: ignore[typeddict-item,no-any-return]


async def visit_guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let in an open session; contents only after the last four digits (S-11)."""
    visit = visit_of(connection, is_hidden=bool(handler.opt.get("hidden")))
    connection.scope["visit"] = visit  # type: ignore[typeddict-unknown-key]
    languages.language.set(visit.language if visit.language in languages.LANGUAGES else languages.DEFAULT)
    if connection.scope["method"] not in SAFE:  # type: ignore[typeddict-item]
        refuse_foreign_origin(connection)
        await refuse_forged_form(connection, visit)
    if not visit.is_known and not handler.opt.get("before_last4"):
        raise NotYet("Please give the last four digits of your phone number first.")


async def landing_guard(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """No session yet: the browser's language, and no posts from other sites."""
    languages.language.set(wished_language(connection.headers.get("accept-language", "")))
    if connection.scope["method"] not in SAFE:  # type: ignore[typeddict-item]
        refuse_foreign_origin(connection)


def wished_language(header: str) -> str:
    """English for browsers that ask for it first, traditional for Taiwan and Hong Kong, else 简体中文."""
    first = header.split(",")[0].strip().lower()
    if first.startswith("en"):
        return "en"
    return "zh_TW" if first.startswith(("zh-tw", "zh-hk", "zh-hant")) else languages.DEFAULT


def visit_of(connection: ASGIConnection[Any, Any, Any, Any], *, is_hidden: bool = False) -> Visit:
    """The session whose cookie came along, still open on a link that was not withdrawn."""
    state = connection.app.state
    now = state.clock() if state.clock else datetime.now(UTC)
    token = connection.cookies.get(COOKIE, "")
    facts = link_queries.visit(state.database, sha256(token)) if token else None
    if facts is None or facts["revoked_at"] or now >= facts["session_ends_at"] or rules.is_session_over(
        opened_at=facts["opened_at"], seen_at=facts["seen_at"], at=now
    ):
        if is_hidden:
            raise NotFound("There is nothing here.")
        raise Ended("For your protection this page closes after a while. Please tap the link in your message again; "
                    "your choices are kept.")
    return Visit(**facts, staff_name=staff_name(connection, now))


def staff_name(connection: ASGIConnection[Any, Any, Any, Any], now: datetime) -> str:
    """Who of the shop is logged in on this browser: they may look, never decide (S-26)."""
    token = connection.cookies.get(STAFF_COOKIE, "")
    found = login_queries.open_session(connection.app.state.database, sha256(token), now) if token else None
    return str(found["name"]) if found else ""


def refuse_foreign_origin(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """A post comes from our own page; our referrer policy turns its Origin into `null`, other sites' stay foreign."""
    settings: Settings = connection.app.state.settings
    site = connection.headers.get("sec-fetch-site", "same-origin")
    origin = connection.headers.get("origin", "null")
    ours = {urlsplit(settings.links_begin_with).netloc, connection.headers.get("host", "")}
    if site not in ("same-origin", "none") or (origin != "null" and urlsplit(origin).netloc not in ours):
        raise Forbidden("This came from another site. Nothing was changed; please open the link in your message.")


async def refuse_forged_form(connection: ASGIConnection[Any, Any, Any, Any], visit: Visit) -> None:
    """The session's own token comes with every change (S-15)."""
    given = connection.headers.get("x-csrf-token", "")
    if not given:
        given = str((await connection.form()).get("_csrf", ""))  # type: ignore[attr-defined]
    if not is_csrf_token(given, connection.app.state.settings.secret, visit.session_id):
        raise Forbidden("This page is out of date. Load it again; nothing was changed.")


def address_of(request: Asked) -> str:
    """Where the request came from, as the server itself saw it (S-23)."""
    return request.client.host if request.client else ""


def token_of(request: Asked, visit: Visit) -> str:
    """What this session's forms carry."""
    return csrf_token(request.app.state.settings.secret, visit.session_id)
