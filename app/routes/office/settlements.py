"""The settlement list on screen: agreed beside charged, then the money, then the hand-over."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app import papers
from app.domain.errors import Invalid
from app.domain.office import delivery as delivery_rules
from app.domain.office import settlement as rules
from app.domain.reception.repair_order import OrderStatus
from app.models.base import new_id
from app.models.care import follow_up_queries
from app.models.office import settlement_queries
from app.models.office.document_queries import document_of
from app.models.office.settlement import Delivery, Payment, Settlement, SettlementLine
from app.models.reception import intake_queries
from app.models.reception.repair_order import RepairOrder
from app.routes.dependencies import CASHIERS, Db, Now, Person, Who
from app.routes.loading import of_store, order_for
from app.security import sha256

OPT = {"roles": CASHIERS}
HAND_OVER = ("washed", "tools_out", "explained_work", "explained_after_effects", "next_service_told")


def back_to(order_id: UUID) -> Redirect:
    """The list again."""
    return Redirect(f"/orders/{order_id}/settlement", status_code=303)


@get("/orders/{order_id:uuid}/settlement", name="settlement", sync_to_thread=True, opt=OPT)
def show_settlement(order_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """The list of an order, wherever it stands between drawn up and delivered."""
    return page(order_for(who, db, order_id), db, now)


def page(order: RepairOrder, db: Session, now: Now, **context: Any) -> Template:
    """The list with what is left to do on it."""
    return Template("office/settlements/settlement.html", context={
        "order": order, "settlement": order.settlement, "now": now, "hand_over": HAND_OVER, "form_key": new_id(),
        "next_service": intake_queries.next_service_of(db, order.vehicle) if order.status == OrderStatus.SETTLED else None,
        "undone": [add_on for add_on in order.add_ons if add_on.approved_fen is None],
        "document": document_of(db, order.settlement.id, "settlement") if order.settlement else None, **context,
    })


@post("/orders/{order_id:uuid}/settlement", name="settlement_prepare", sync_to_thread=True, opt=OPT)
def create_settlement(order_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Redirect:
    """Draw up the list; pressing twice makes one."""
    order = order_for(who, db, order_id)
    if order.settlement is None:
        rules.refuse_unready(order)
        rules.prepare(settlement_queries.draw_up(db, order, at=now), by=who.actor, at=now)
    return back_to(order_id)


@post("/settlement-lines/{line_id:uuid}", name="settlement_line", sync_to_thread=True, opt=OPT)
def update_line(
    line_id: FromPath[UUID], data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now
) -> Redirect:
    """Charge a line less, and say why."""
    line = of_store(who, db, SettlementLine, line_id)
    rules.charge(line, labour_fen=fen(data.get("labour", ""), "labour"), parts_fen=fen(data.get("parts", ""), "parts"),
                 reason=data.get("reason", ""), by=who.actor, at=now)
    return back_to(line.settlement.repair_order_id)


def fen(text: str, field: str) -> int:
    """`1,030.5` yuan as fen."""
    cleaned = text.replace(",", "").replace("，", "").replace("¥", "").strip()
    whole, _, cents = cleaned.partition(".")
    if not whole.isdecimal() or len(whole) > 9 or (cents and (not cents.isdecimal() or len(cents) > 2)):
        raise Invalid(field, "Write the amount in yuan, like 1030.00.")
    return int(whole) * 100 + int(cents.ljust(2, "0") or 0)


@post("/settlements/{settlement_id:uuid}/confirmation", name="settlement_confirm", sync_to_thread=True, opt=OPT)
def create_confirmation(
    settlement_id: FromPath[UUID], data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now
) -> Redirect:
    """Freeze the list and have its paper made, before any money is taken."""
    settlement = of_store(who, db, Settlement, settlement_id)
    payload, digest = settlement_queries.frozen(db, settlement, old_parts=data.get("old_parts", ""), at=now)
    rules.confirm(settlement, old_parts=data.get("old_parts", ""), payload=payload, sha256=digest, by=who.actor, at=now)
    papers.want(db, kind="settlement", subject_id=settlement.id, repair_order_id=settlement.repair_order_id,
                store_id=who.store_id, number=settlement.number, content_sha256=digest, at=now)
    return back_to(settlement.repair_order_id)


@post("/settlements/{settlement_id:uuid}/payments", name="settlement_pay", sync_to_thread=True, opt=OPT)
def create_payment(
    settlement_id: FromPath[UUID], data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now
) -> Redirect:
    """Record money received; the form's key makes a double tap one payment."""
    settlement = of_store(who, db, Settlement, settlement_id)
    key = f"{settlement.id}:{data.get('key', '')}"
    if all(payment.idempotency_key != key for payment in settlement.payments):
        payment = Payment(store_id=who.store_id, method=data.get("method", ""), idempotency_key=key,
                          amount_fen=fen(data.get("amount", ""), "amount"), reference=data.get("reference", "")[:40])
        rules.receive(settlement, payment, by=who.actor, at=now)
    if settlement.paid_fen == settlement.total_fen and settlement.repair_order.status == OrderStatus.READY:
        rules.settle(settlement, by=who.actor, at=now)
    return back_to(settlement.repair_order_id)


@post("/settlements/{settlement_id:uuid}/end", name="settlement_settle", sync_to_thread=True, opt=OPT)
def create_settled(settlement_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Redirect:
    """Nothing is left to pay."""
    settlement = of_store(who, db, Settlement, settlement_id)
    rules.settle(settlement, by=who.actor, at=now)
    return back_to(settlement.repair_order_id)


@post("/orders/{order_id:uuid}/delivery", name="delivery", sync_to_thread=True, opt=OPT)
def create_delivery(
    order_id: FromPath[UUID], data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now
) -> Redirect:
    """The customer signs and drives off; the first call is planned."""
    order = order_for(who, db, order_id)
    if order.status != OrderStatus.DELIVERED:
        delivery = read_delivery(data, order, who)
        delivery_rules.deliver(order, delivery, by=who.actor, at=now)
        db.add(delivery)
        follow_up_queries.plan_first_call(db, order, by=who.actor, at=now)
    return back_to(order_id)


def read_delivery(data: dict[str, str], order: RepairOrder, who: Person) -> Delivery:
    """The hand-over form as a row."""
    drawing = signature_svg(data)
    return Delivery(
        store_id=who.store_id, repair_order_id=order.id, mileage_km=number(data.get("mileage_km", ""), "mileage_km"),
        next_service_on=read_day(data.get("next_service_on", "")),
        next_service_km=number(data["next_service_km"], "next_service_km") if data.get("next_service_km") else None,
        old_parts_outcome=data.get("old_parts_outcome", ""), opinion=data.get("opinion", "")[:500],
        check_list=[{"id": key, "done": f"check-{key}" in data} for key in HAND_OVER],
        signer_name=data.get("signer_name", "").strip()[:40] or order.customer.name, signature_svg=drawing,
        signature_sha256=sha256(drawing),
    )


def signature_svg(data: dict[str, str]) -> str:
    """The customer's signature as the server draws it from the strokes."""
    from app.domain.approval.signature import read_strokes, svg

    return svg(read_strokes(data.get("strokes", ""), data.get("canvas", "")))


def number(text: str, field: str) -> int:
    """A whole number typed with or without separators."""
    cleaned = text.replace(",", "").strip()
    if not cleaned.isdecimal() or len(cleaned) > 9:
        raise Invalid(field, "Write a whole number, like 62480.")
    return int(cleaned)


def read_day(text: str) -> date | None:
    """A date field, or nothing."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid("next_service_on", "Write the day like 2026-12-31.") from None


ROUTES = [show_settlement, create_settlement, update_line, create_confirmation, create_payment, create_settled,
          create_delivery]
