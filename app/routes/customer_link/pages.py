"""The customer's pages: the frame around each, and what a refusal looks like here."""

import logging
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from litestar import Response
from litestar.exceptions import HTTPException
from litestar.response import Template
from markupsafe import Markup

from app import languages
from app.domain.errors import Refusal
from app.routes.customer_link.guard import Asked, Visit, token_of

log = logging.getLogger("mingdan")

SPRITE = Path(__file__).parents[2] / "static" / "vendor" / "icons.svg"
ICONS = ("phone", "list-checks", "hand", "circle-alert", "info", "check", "chevron-down", "maximize-2", "file-text",
         "download", "rotate-ccw", "car", "image-off", "x", "wifi-off")

TITLES = {
    401: "Please open the link again",
    403: "This did not go through",
    404: "This page was not found",
    409: "This did not go through",
    410: "This is no longer valid",
    413: "This is too large",
    422: "Please look once more",
    423: "This link is paused",
    429: "Too many tries",
    500: "Something broke on our side",
    503: "Please try again in a moment",
}
WORDS = {
    "genuine": "genuine part", "equivalent": "equivalent part", "remanufactured": "remanufactured part",
    "urgency_must": "Needed now", "urgency_recommended": "Recommended", "urgency_can_wait": "Can wait",
    "choice_yes": "Agree", "choice_no": "Not this time", "choice_later": "Later", "choice_ask": "I have a question",
    "decision_approved": "Agree", "decision_declined": "Not this time", "decision_deferred": "Later",
    "customer_reason_price": "The price", "customer_reason_not_now": "Not needed for now",
    "customer_reason_elsewhere": "I have it done elsewhere", "customer_reason_family": "I want to ask my family",
    "customer_reason_diagnosis": "I want the finding checked again",
    "customer_reason_other_payer": "Insurance or warranty pays",
    "term_title": "Item", "term_total_fen": "In all", "term_customer_fen": "You pay", "term_parts": "Parts",
    "term_labour_fen": "Labour cost", "term_discount_fen": "Discount", "term_extra_minutes": "Takes longer by",
    "term_guarantee": "Shop warranty", "term_payer": "Paid by", "term_ceiling_fen": "At most", "term_wait_days": "Waiting",
    "payer_customer": "customer", "payer_manufacturer_warranty": "manufacturer's warranty", "payer_insurer": "insurer",
    "payer_goodwill": "goodwill of the shop", "payer_prepaid": "prepaid package", "payer_internal": "the shop",
}
NOT_FOUND = "Please open the link in your latest message, or call the shop."


@cache
def icons() -> Markup:
    """The few icons these pages name, cut from the house's sprite to keep the page light."""
    symbols = re.findall(r'<symbol id="i-([a-z0-9-]+)".*?</symbol>', SPRITE.read_text("utf-8"), flags=re.S)
    found = re.finditer(r'<symbol id="i-([a-z0-9-]+)".*?</symbol>', SPRITE.read_text("utf-8"), flags=re.S)
    kept = "".join(match[0] for match in found if match[1] in ICONS)
    return Markup('<svg hidden xmlns="http://www.w3.org/2000/svg">{}</svg>').format(Markup(kept)) if symbols else Markup()  # noqa: S704


def said(code: str) -> str:
    """A code of the shop as the customer reads it."""
    return languages.translate(WORDS[code])


def page(name: str, request: Asked, visit: Visit, now: datetime, *, status: int = 200, **context: Any) -> Template:
    """A page of an open session."""
    shop = {"name": visit.store_name, "legal_name": visit.legal_name, "address": visit.address,
            "phone": visit.store_phone}
    common = {"shop": shop, "time_zone": visit.time_zone, "now": now, "csrf": token_of(request, visit),
              "icons": icons(), "staff_name": visit.staff_name, "said": said,
              "gap": " " if languages.language.get() == "en" else ""}
    return Template(f"customer_link/{name}.html", context={**common, **context}, status_code=status)


def plain(status: int, text: str, shop: dict[str, str] | None = None) -> Template:
    """A page that says one thing to anybody."""
    context = {"shop": shop, "icons": icons(), "title": languages.translate(TITLES.get(status, TITLES[409])),
               "text": text, "staff_name": "", "status": status}
    return Template("customer_link/plain.html", context=context, status_code=status)


def not_found() -> Template:
    """Unknown, withdrawn and expired addresses: one answer (S-25)."""
    return plain(404, languages.translate(NOT_FOUND))


def wants_json(request: Asked) -> bool:
    """Whether the page's script asked, which stays on the page and keeps the ink."""
    return "application/json" in request.headers.get("accept", "")


def answer(request: Asked, status: int, text: str, **more: Any) -> Response[Any]:
    """A refusal as a page or, for the page's script, as a sentence."""
    if wants_json(request):
        return Response({"error": text, **more}, status_code=status)
    visit: Visit | None = request.scope.get("visit")  # type: ignore[assignment]
    shop = {"name": visit.store_name, "legal_name": visit.legal_name, "address": visit.address,
            "phone": visit.store_phone} if visit else None
    return plain(status, text, shop)


def answer_refusal(request: Asked, refusal: Refusal) -> Response[Any]:
    """A rule said no."""
    return answer(request, refusal.status, languages.sentence(refusal.message, refusal.facts), next="/a/s")


def answer_http(request: Asked, error: HTTPException) -> Response[Any]:
    """The framework said no."""
    texts = {413: "The signature is too large. Please write just your name.", 404: NOT_FOUND, 405: NOT_FOUND}
    status = {400: 422, 405: 404}.get(error.status_code, error.status_code)
    return answer(request, status, languages.translate(
        texts.get(error.status_code, "Something could not be read. Nothing was changed; please try again.")))


def answer_busy(request: Asked, _error: TimeoutError) -> Response[Any]:
    """Writers queued for too long."""
    return answer(request, 503, languages.translate("Not submitted just now; nothing was changed. "
                                                    "Please try again in a minute."))


def answer_fault(request: Asked, error: Exception) -> Response[Any]:
    """Our own mistake: logged with its trace and without the address, which may hold a secret (S-21)."""
    log.error("%s on a customer's page failed", request.method, exc_info=error)
    return answer(request, 500, languages.translate("Nothing was saved in this step. Please try again, or call the "
                                                    "shop."))


HANDLERS: dict[Any, Any] = {
    Refusal: answer_refusal,
    HTTPException: answer_http,
    TimeoutError: answer_busy,
    Exception: answer_fault,
}
