"""Whether a paper is genuine: its number and eight digits, asked by anybody, answered without anything personal."""

import re
from typing import Any

from litestar import Request, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Template
from sqlalchemy.orm import Session

from app import languages
from app.models.approval.link_queries import count_miss, is_over_limit
from app.models.office import document_queries
from app.routes.dependencies import Config, Db, Now
from app.settings import Settings
from app.sheets.sheet import TITLES

Asked = Request[Any, Any, Any]
NUMBER = re.compile(r"[A-Z]{2,4}-?[0-9-]{6,20}")
DIGITS = re.compile(r"[0-9a-f]{8}")


@get("/verify", name="verify", sync_to_thread=True, opt={"public": True})
def show_verification(
    request: Asked, now: Now, config: Config, number: FromQuery[str] = "", check: FromQuery[str] = ""
) -> Template:
    """The empty form, or the answer where the QR of a paper brought both figures along."""
    if not number and not check:
        return page("", "")
    with request.app.state.database.writing() as db:
        return answer(db, request, now, config, number, check)


@post("/verify", name="verify_post", status_code=200, sync_to_thread=True, opt={"public": True})
def create_verification(
    data: URLEncodedBody[dict[str, str]], request: Asked, db: Db, now: Now, config: Config
) -> Template:
    """The answer for what somebody typed."""
    return answer(db, request, now, config, data.get("number", ""), data.get("check", ""))


def answer(db: Session, request: Asked, now: Now, config: Settings, number: str, check: str) -> Template:
    """Genuine, unknown, or too many guesses; only wrong ones count."""
    languages.language.set(request.cookies.get("language", languages.DEFAULT))
    address = request.client.host if request.client else ""
    number, check = number.strip().upper()[:40], re.sub(r"\s", "", check).lower()[:16]
    if is_over_limit(db, "verify", address, config.secret, now):
        return page(number, check, status=429, is_over=True)
    found = genuine(db, number, check)
    if found is None:
        count_miss(db, "verify", address, config.secret, now)
    return page(number, check, is_asked=True, found=found)


def genuine(db: Session, number: str, check: str) -> dict[str, Any] | None:
    """What may be said of the paper to whoever holds it: kind, shop, time, pages."""
    if not (NUMBER.fullmatch(number) and DIGITS.fullmatch(check)):
        return None
    found = document_queries.genuine(db, number, check)
    return None if found is None else {**found._mapping, "title": TITLES[found.kind]}


def page(number: str, check: str, *, status: int = 200, **context: Any) -> Template:
    """The form with whatever is to be said above it."""
    known = {"is_over": False, "is_asked": False, "found": None, **context}
    return Template("office/documents/verify.html", status_code=status,
                    context={"number": number, "check": check, **known},
                    headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"})


PUBLIC_ROUTES = [show_verification, create_verification]
