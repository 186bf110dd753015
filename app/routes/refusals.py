"""Refusals become pages: what happened, that nothing is lost, what to do next, in the person's language."""

import logging
import secrets
from contextlib import suppress
from typing import Any

import sqlalchemy.exc
from litestar import Request, Response
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.response import Redirect, Template
from sqlalchemy.exc import SQLAlchemyError

from app import languages
from app.domain.errors import Faults, Refusal
from app.routes.dependencies import person_of, provide_now

log = logging.getLogger("mingdan")

TITLES = {
    403: "This page is not part of your role",
    404: "There is nothing here",
    409: "That did not go through",
    410: "This is no longer valid",
    413: "That file is too large",
    422: "Some entries need another look",
    429: "Too many tries",
    500: "Something broke on our side",
    503: "The shop's computer is busy",
}

HTTP_TEXTS = {
    400: "That did not work. Nothing was changed.",
    404: "The address is wrong, or the thing was moved. Search for the plate or go back.",
    405: "The address is wrong, or the thing was moved. Search for the plate or go back.",
    413: "The file is larger than the shop's computer takes. Make it smaller and try again.",
    422: "Something in the form could not be read. Nothing was changed; please check it and send it again.",
}


def wants_fragment(request: Request[Any, Any, Any]) -> bool:
    """Whether htmx asked, so that only the sentence is sent back."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true"


def wants_json(request: Request[Any, Any, Any]) -> bool:
    """Whether a phone's sync asked."""
    return request.url.path.startswith("/sync/")


def page(
    request: Request[Any, Any, Any], status: int, text: str, record: str = "", **context: Any
) -> Response[Any]:
    """The refusal as page, fragment or JSON; `record` is what the log calls it."""
    if wants_json(request):
        return Response({"error": text}, status_code=status, headers={"X-Bay": "1"})
    recognise(request)
    name = "shared/_refusal.html" if wants_fragment(request) else "shared/refusal.html"
    headers = {"HX-Retarget": "#refusal", "HX-Reswap": "innerHTML", "HX-Reselect": ".refusal"} if wants_fragment(request) else {}
    title = languages.translate(TITLES.get(status, TITLES[409]))
    context = {"status": status, "title": title, "text": text, "record": record, "now": provide_now(request), **context}
    return Template(name, context=context, status_code=status, headers=headers)


def recognise(request: Request[Any, Any, Any]) -> None:
    """Who asked, even where no guard was passed, so that the refusal stands in their frame and language."""
    if "person" not in request.scope:
        with suppress(NotAuthorizedException, SQLAlchemyError):
            person = person_of(request)
            request.scope["person"] = person  # type: ignore[typeddict-unknown-key]
            languages.language.set(person.language)


def answer_refusal(request: Request[Any, Any, Any], refusal: Refusal) -> Response[Any]:
    """A rule of the shop said no."""
    faults = refusal.faults if isinstance(refusal, Faults) else []
    return page(request, refusal.status, languages.sentence(refusal.message, refusal.facts), faults=faults)


def answer_signed_out(request: Request[Any, Any, Any], _error: NotAuthorizedException) -> Response[Any]:
    """Nobody is logged in: to the log-in page, and back afterwards."""
    if wants_json(request):
        return Response({"error": "signed_out"}, status_code=401, headers={"X-Bay": "1"})
    target = f"/login?next={request.url.path}" if request.method == "GET" else "/login"
    if wants_fragment(request):
        return Response(b"", status_code=401, headers={"HX-Redirect": "/login"}, media_type="text/html")
    return Redirect(target, status_code=303)


def answer_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """What the framework refused: unknown address, bad form, too large a body."""
    status = 422 if error.status_code == 400 else error.status_code
    return page(request, status, languages.translate(HTTP_TEXTS.get(status, HTTP_TEXTS[400])))


def answer_busy(request: Request[Any, Any, Any], _error: TimeoutError) -> Response[Any]:
    """Writers queued for too long."""
    text = languages.translate("The database is busy. Nothing was changed; try again in a moment.")
    answer = page(request, 503, text)
    answer.headers["Retry-After"] = "5"
    return answer


def answer_fault(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Our own mistake: logged with its trace, never shown; the address by its pattern, for it may hold a secret (S-21)."""
    record = secrets.token_hex(3)
    pattern = request.scope.get("path_template", "")
    log.error("%s %s failed, record %s", request.method, pattern, record, exc_info=error)
    return page(request, 500, languages.translate(
        "Nothing you see was saved in this step. Try again; if it happens twice, tell the administrator the record."),
        record=record)


HANDLERS: dict[Any, Any] = {
    Refusal: answer_refusal,
    NotAuthorizedException: answer_signed_out,
    HTTPException: answer_http,
    TimeoutError: answer_busy,
    sqlalchemy.exc.TimeoutError: answer_busy,
    Exception: answer_fault,
}
