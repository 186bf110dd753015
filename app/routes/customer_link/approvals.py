"""The signature arrives: one act of decision on exactly what was shown, or a refusal that keeps nothing."""

from collections.abc import Mapping
from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import Any

from litestar import Response, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect
from sqlalchemy.orm import Session

from app import languages, papers
from app.canonical import content_hash
from app.domain.approval import approval as rules
from app.domain.approval import capability_link as links
from app.domain.approval import draft as drafts
from app.domain.approval.signature import read_strokes
from app.domain.errors import Gone, Invalid, Refusal, Stale
from app.domain.history import Actor
from app.models.approval import approval_queries, link_queries
from app.models.approval.approval import Approval
from app.models.approval.estimate import Estimate, EstimateVersion
from app.models.care import follow_up_queries
from app.models.office.numbers import next_number
from app.models.office.store import Store
from app.routes.customer_link.estimates import page_of
from app.routes.customer_link.guard import Asked, Guest, Visit, address_of
from app.routes.customer_link.pages import answer, wants_json
from app.routes.customer_link.shown import Shown, State, load_shown, today_of
from app.routes.customer_link.telling import tell_advisor
from app.routes.dependencies import Config, Db, Now
from app.settings import Settings

LEVEL = "L2"  # the link and the last four digits (approval.md §2.4)
STAFF_ONLY_LOOKS = ("Somebody of the shop is logged in on this device: it shows a preview only. The customer decides "
                    "on their own phone.")


@post("/decide", name="link_decide", sync_to_thread=True, opt={"public": True})
def create_approval(
    data: URLEncodedBody[dict[str, str]], request: Asked, db: Db, guest: Guest, now: Now, config: Config
) -> Response[Any]:
    """Record the decision once, whoever taps how often; the estimate's row is locked from here to the commit."""
    estimate = link_queries.locked_estimate(db, guest.estimate_id)
    shown = load_shown(db, guest, now)
    if guest.staff_name:
        return refused(request, db, guest, shown, now, config, links.Looking(STAFF_ONLY_LOOKS))
    if shown.state == State.DECIDED:
        return done(request, status=200)
    try:
        with db.begin_nested(), db.no_autoflush:
            record(db, request, guest, estimate, shown, data, now)
    except Refusal as refusal:
        return refused(request, db, guest, shown, now, config, refusal)
    return done(request, status=201)


def record(db: Session, request: Asked, visit: Visit, estimate: Estimate, shown: Shown, form: Mapping[str, str],
           now: datetime) -> None:
    """All of the act: checks, rows, verbs, the calls to come, the paper."""
    link = link_queries.link_of(db, visit.link_id)
    links.refuse_if_dead(link, at=now)
    version = pinned(estimate, visit, shown, form)
    ink = read_strokes(form.get("strokes", ""), form.get("canvas", ""))
    today = today_of(visit, now)
    answers = drafts.answers(shown.choices, shown.content, today=today)
    rules.refuse_unsound(shown.content, answers, today=today)
    store = db.get_one(Store, visit.store_id)
    approval = approval_queries.made_approval(
        version, shown.content, answers, shown.outcome, content_sha256=form.get("content_sha256", ""), channel="link",
        level=LEVEL, link_id=link.id, session_id=visit.session_id, taken_by_id=None, decided_at=now,
        idempotency_key=form.get("idempotency_key", "")[:80] or visit.session_id.hex,
        previous_id=approval_queries.last_approval_id(db, visit.repair_order_id),
        number=next_number(db, store, "approval", now),
    )
    facts = approval_queries.signing_facts(db, link.id)
    person = approval_queries.made_person(
        visit.store_id, ink, signer_name=facts.name, signer_relation="owner" if facts.is_owner else "driver",
        phone=facts.phone, address=address_of(request), user_agent=request.headers.get("user-agent", "")[:300],
        session_facts=session_facts(visit, request, store.setting("shop_network")),
    )
    approval.person = person
    approval.person_commitment = approval_queries.commitment(person)
    approval.decision_sha256 = approval_queries.decision_hash(approval, person, now)
    customer = Actor(facts.name, kind="customer")
    rules.decide(approval, estimate=estimate, content=shown.content, today=today, by=customer, at=now)
    db.add(approval)
    db.flush()
    follow(db, approval, estimate, customer, now)


def pinned(estimate: Estimate, visit: Visit, shown: Shown, form: Mapping[str, str]) -> EstimateVersion:
    """The version whose id and hash the page carried, shown in this session, with the choices it showed (S-16)."""
    version = next((one for one in estimate.versions if str(one.id) == form.get("version_id")), None)
    if version is None or content_hash(version.payload) != version.content_sha256:
        raise Invalid("version", "This page can't be read any more. Please load it again; nothing was saved.")
    rules.refuse_replaced(estimate, version=version, content_sha256=form.get("content_sha256", ""))
    if visit.shown_version_id != version.id or form.get("choices_sha256") != shown.choices_sha256:
        raise Stale("Your choices were changed in another window. Please check them once more; nothing was saved.")
    return version


def session_facts(visit: Visit, request: Asked, shop_network: list[str]) -> dict[str, Any]:
    """What is known of the session; unknown stays null and prints as not recorded (approval.md §2.4)."""
    return {
        "opened_at": visit.opened_at.isoformat(),
        "last4_ok_at": visit.last4_ok_at.isoformat() if visit.last4_ok_at else None,
        "shown_at": visit.shown_at.isoformat() if visit.shown_at else None,
        "accept_language": request.headers.get("accept-language", "")[:120] or None,
        "photos_opened": visit.draft.get("photos"),
        "scrolled_to_end": visit.draft.get("end") or None,
        "in_shop_network": is_in_network(address_of(request), shop_network),
        "staff_present": False,  # a browser with a log-in of the shop is refused before this
    }


def is_in_network(address: str, networks: list[str]) -> bool | None:
    """Whether the request came from the shop's own network; None where that is not known (S-26)."""
    try:
        place = ip_address(address)
    except ValueError:
        return None
    return any(place in ip_network(network, strict=False) for network in networks) if networks else None


def follow(db: Session, approval: Approval, estimate: Estimate, customer: Actor, now: datetime) -> None:
    """What comes after: a call about every line put aside, and the paper."""
    kept = {line.add_on_id for line in approval.lines if line.decision != "approved"}
    for add_on in estimate.repair_order.add_ons:
        if add_on.id in kept:
            follow_up_queries.plan_for_declined(db, add_on, by=customer, at=now)
    papers.want(db, kind="add_on_approval", subject_id=approval.id, repair_order_id=approval.repair_order_id,
                store_id=approval.store_id, number=approval.number, content_sha256=approval.content_sha256, at=now)


def done(request: Asked, *, status: int) -> Response[Any]:
    """To the result: this browser's own, or the one that was there first (E15)."""
    if wants_json(request):
        return Response({"next": "/a/s"}, status_code=status)
    return Redirect("/a/s", status_code=303)


def refused(request: Asked, db: Session, visit: Visit, shown: Shown, now: datetime, config: Settings,
            refusal: Refusal) -> Response[Any]:
    """Nothing of the decision is kept, only that it was refused and why (S-38); too late, and the advisor hears."""
    link = link_queries.link_of(db, visit.link_id)
    links.note_refusal(link, why=refusal.message, at=now)
    if isinstance(refusal, Gone):
        tell_advisor(db, link.estimate.repair_order, "decided_too_late", config=config, at=now)
    if not wants_json(request) and shown.state in (State.CHANGED, State.EXPIRED, State.WITHDRAWN):
        return page_of(request, db, visit, shown, now, status=refusal.status)
    return answer(request, refusal.status, languages.sentence(refusal.message, refusal.facts), next="/a/s",
                  go=shown.state != State.OPEN)


HANDLERS = [create_approval]
