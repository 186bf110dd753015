"""Sending an estimate: freezing the version, then QR, a link to copy, or a message; and taking it back."""

from typing import Any
from uuid import UUID

import segno
from litestar import get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import messages, papers
from app.domain.approval import capability_link
from app.domain.approval import estimate as rules
from app.domain.approval.evidence_content import moment
from app.domain.approval.readiness import refuse_unsound
from app.domain.errors import Invalid, NotAllowed
from app.languages import translate
from app.models.approval import estimate_queries, freeze, link_queries, review_queries
from app.models.approval.approval_queries import parsed
from app.models.approval.capability_link import CapabilityLink
from app.models.approval.estimate import Estimate, EstimateVersion
from app.models.office.document_queries import document_of
from app.models.office.message import Message
from app.models.reception.repair_order import RepairOrder
from app.routes.approval import estimate_page
from app.routes.dependencies import ADVISORS, Config, Db, Now, Who
from app.routes.loading import of_store, order_for
from app.security import new_token, sha256
from app.settings import Settings

OPT = {"roles": ADVISORS}
Form = URLEncodedBody[dict[str, str]]
ON_SCREEN = ("qr", "copy")


@post("/approval/estimates/{order_id:uuid}/versions", name="estimate_freeze", sync_to_thread=True, opt=OPT)
def create_version(order_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Redirect:
    """Freeze what is on the page as the next version; from now on only this one can be signed."""
    order = order_for(who, db, order_id)
    estimate = link_queries.locked_estimate(db, freeze.open_round(db, order, at=now).id)
    lines = estimate_queries.lines_to_send(order)
    lines += [one for one in estimate_queries.lines_put_off(order) if f"again-{one.id}" in data]
    if estimate_page.is_out(estimate, lines, now):  # pressed twice
        return Redirect(f"/approval/estimates/{order.id}/sending", status_code=303)
    refuse_unsound(lines, review_queries.word_lists(db, who.store_id)[1])
    version = freeze.freeze(db, estimate, lines, by=who.actor, at=now, reason=data.get("reason", ""))
    papers.want(db, kind="quotation", subject_id=version.id, repair_order_id=order.id, store_id=who.store_id,
                number=f"{estimate.number}-{version.version_no}", content_sha256=version.content_sha256, at=now)
    return Redirect(f"/approval/estimates/{order.id}/sending", status_code=303)


@get("/approval/estimates/{order_id:uuid}/sending", name="estimate_sending", sync_to_thread=True, opt=OPT)
def show_sending(order_id: FromPath[UUID], db: Db, who: Who, now: Now, config: Config) -> Template:
    """How the version reaches this customer."""
    return page(order_for(who, db, order_id), db, now, config)


def page(order: RepairOrder, db: Session, now: Any, config: Settings, **shown: Any) -> Template:
    """The page; `made_link` and `code` only in the one answer that made them."""
    estimate, version = sent(order)
    content = parsed(version.payload)
    return Template("approval/estimates/sending.html", context={
        "order": order, "estimate": estimate, "version": version, "content": content, "now": now,
        "first": content["lines"][0], "channels": messages.channels(config), "made_link": "", "code": "", "channel": "",
        "messages": estimate_queries.messages(db, order.id), "links": estimate_queries.open_links(db, estimate),
        "quotation": document_of(db, version.id, "quotation"), **shown,
    })


def sent(order: RepairOrder) -> tuple[Estimate, EstimateVersion]:
    """The order's last estimate and the version that is out."""
    estimate = order.estimates[-1] if order.estimates else None
    if estimate is None or estimate.current is None:
        raise NotAllowed("Nothing was sent yet. Freeze the estimate first.")
    return estimate, estimate.current


@post("/approval/estimates/{order_id:uuid}/links", name="estimate_link", sync_to_thread=True, opt=OPT)
def create_link(order_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now, config: Config) -> Template:
    """A link shown this once: as a code on the shop's own screen, living minutes, or to copy, living days."""
    order = order_for(who, db, order_id)
    estimate, _version = sent(order)
    channel = data.get("channel", "")
    if channel not in ON_SCREEN:
        raise Invalid("channel", "Choose how the link is given.")
    token = new_token(16)
    link = CapabilityLink(store_id=who.store_id, estimate=estimate, estimate_id=estimate.id, sessions=[],
                          customer_id=order.customer_id, channel=channel, phone=order.customer.phone, failed_checks=0,
                          token_sha256="")
    with db.no_autoflush:  # the link is not whole before it is issued
        capability_link.issue(link, token_sha256=sha256(token), by=who.actor, at=now)
        db.add(link)
    db.flush()
    url = f"{config.links_begin_with}/a/{token}"
    return page(order, db, now, config, made_link=url, channel=channel, code=drawn(url) if channel == "qr" else "",
                ends_at=link.issued_at + capability_link.QR_LIFE if channel == "qr" else link.expires_at)


def drawn(url: str) -> Markup:
    """The address as a QR code, drawn in the page's own ink."""
    rows = [list(row) for row in segno.make(url, error="m").matrix]
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return Markup('<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}"><path fill="currentColor" '
                  'shape-rendering="crispEdges" d="{2}"/></svg>').format(len(rows), translate("The link as a code"), path)


@post("/approval/estimates/{order_id:uuid}/messages", name="estimate_message", sync_to_thread=True, opt=OPT)
def create_message(order_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now, config: Config) -> Redirect:
    """Send the link through a channel; it leaves after this is kept, and its fate shows on the page."""
    order = order_for(who, db, order_id)
    estimate, version = sent(order)
    channel = data.get("channel", "")
    if channel not in messages.channels(config):
        raise NotAllowed("This way is not set up here. Show the code or copy the link.")
    to = data.get("to", "").strip() if channel == "smtp" else order.customer.phone
    if channel == "smtp" and ("@" not in to or any(sign in to for sign in "\r\n,; ")):
        raise Invalid("to", "Write one e-mail address.")
    messages.want(db, Message(
        store_id=who.store_id, channel=channel, purpose="estimate_link", to=to, customer_id=order.customer_id,
        repair_order_id=order.id, facts=facts(order, estimate, version), wanted_by_id=who.id, wanted_at=now, due_at=now,
        tries=0, sent_at=None, given_up_at=None,
    ))
    return Redirect(f"/approval/estimates/{order.id}/sending", status_code=303)


def facts(order: RepairOrder, estimate: Estimate, version: EstimateVersion) -> dict[str, Any]:
    """What the message may say: the shop's name, a count and the check code; no price, no plate."""
    content = parsed(version.payload)
    return {"estimate_id": str(estimate.id), "version_id": str(version.id), "store": content["store"]["name"],
            "count": len(content["lines"]), "hash8": version.short_hash, "language": order.customer.language,
            "valid_until": moment(version.valid_until)}


@post("/approval/estimates/{order_id:uuid}/withdrawal", name="estimate_withdraw", sync_to_thread=True, opt=OPT)
def create_withdrawal(order_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Redirect:
    """Take the estimate back before the customer decided; the link says so."""
    order = order_for(who, db, order_id)
    estimate, _version = sent(order)
    rules.withdraw(link_queries.locked_estimate(db, estimate.id), reason=data.get("reason", ""), by=who.actor, at=now)
    return Redirect(f"/approval/estimates/{order.id}", status_code=303)


@post("/approval/links/{link_id:uuid}/revocation", name="link_revoke", sync_to_thread=True, opt=OPT)
def create_revocation(link_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Redirect:
    """Kill one link: it went to the wrong number."""
    link = of_store(who, db, CapabilityLink, link_id)
    capability_link.revoke(link, reason=data.get("reason", ""), by=who.actor, at=now)
    return Redirect(f"/approval/estimates/{link.estimate.repair_order_id}/sending", status_code=303)


ROUTES = [create_version, show_sending, create_link, create_message, create_withdrawal, create_revocation]
