"""Planning and listing follow-ups."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.orm import Session

from app.domain.care import follow_up as rules
from app.domain.care.follow_up import FollowUpStatus
from app.domain.history import Actor
from app.models.care.follow_up import FollowUp
from app.models.office.store import Store
from app.models.reception.customer import Customer
from app.models.reception.repair_order import RepairOrder
from app.models.reception.vehicle import Vehicle
from app.models.workshop.add_on import AddOn

PAGE = 50


def plan_first_call(db: Session, order: RepairOrder, *, by: Actor, at: datetime) -> FollowUp:
    """The first call after a delivery: from day 3, due by day 7."""
    store = db.get_one(Store, order.store_id)
    done = [line.title_zh for line in order.lines if line.done_at]
    follow_up = FollowUp(
        store_id=order.store_id, kind="first_call", customer_id=order.customer_id, vehicle_id=order.vehicle_id,
        repair_order_id=order.id, clerk_id=order.customer.follow_up_clerk_id, status=FollowUpStatus.OPEN,
        topic="、".join(done[:3]), facts={"said": order.reception.customer_words, "done": done},
    )
    db.add(follow_up)
    rules.plan(follow_up, rules.first_call_window(at.astimezone(ZoneInfo(store.time_zone)).date()), by=by, at=at)
    return follow_up


def plan_for_declined(db: Session, add_on: AddOn, *, by: Actor, at: datetime) -> FollowUp:
    """Declined and deferred work comes up again, with the customer's own date or reason (R-CORE-27)."""
    order = add_on.repair_order
    store = db.get_one(Store, order.store_id)
    window = rules.deferred_window(add_on.defer_until_on, at.astimezone(ZoneInfo(store.time_zone)).date())
    follow_up = FollowUp(
        store_id=order.store_id, kind="deferred_work", customer_id=order.customer_id, vehicle_id=order.vehicle_id,
        repair_order_id=order.id, add_on_id=add_on.id, clerk_id=order.customer.follow_up_clerk_id,
        topic=add_on.title_zh, status=FollowUpStatus.OPEN,
        facts={"reason": add_on.decline_reason or "", "until_km": add_on.defer_until_km},
    )
    db.add(follow_up)
    rules.plan(follow_up, window, by=by, at=at)
    return follow_up


def plan_second_call(db: Session, first: FollowUp, *, by: Actor, at: datetime) -> FollowUp:
    """Day 7 to 14 after the first call as it really was; the first one's answers go along (R-CRM-2)."""
    store = db.get_one(Store, first.store_id)
    opens, due = rules.second_call_window(at.astimezone(ZoneInfo(store.time_zone)).date())
    follow_up = FollowUp(
        store_id=first.store_id, kind="second_call", customer_id=first.customer_id, vehicle_id=first.vehicle_id,
        repair_order_id=first.repair_order_id, clerk_id=first.clerk_id, topic=first.topic,
        status=FollowUpStatus.OPEN, facts={"first_result": first.result, "first_text": first.result_text},
    )
    db.add(follow_up)
    rules.plan(follow_up, (opens, opens, due), by=by, at=at)
    return follow_up


def due(db: Session, store_id: UUID, today: date, *, kind: str = "", after: tuple[date, UUID] | None = None) -> list[Row[Any]]:
    """Open contacts whose window has begun, latest first; fifty and one more to know whether there is a next page."""
    statement = (
        select(FollowUp.id, FollowUp.kind, FollowUp.due_on, FollowUp.target_on, FollowUp.topic, FollowUp.facts,
               Customer.name, Customer.title, Customer.contact_time, Vehicle.plate)
        .join(Customer, Customer.id == FollowUp.customer_id)
        .outerjoin(Vehicle, Vehicle.id == FollowUp.vehicle_id)
        .where(FollowUp.store_id == store_id, FollowUp.status == FollowUpStatus.OPEN, FollowUp.opens_on <= today)
    )
    if kind:
        statement = statement.where(FollowUp.kind == kind)
    if after:
        statement = statement.where(or_(FollowUp.due_on > after[0],
                                        and_(FollowUp.due_on == after[0], FollowUp.id > after[1])))
    return list(db.execute(statement.order_by(FollowUp.due_on, FollowUp.id).limit(PAGE + 1)).all())


def counts(db: Session, store_id: UUID, today: date) -> dict[str, int]:
    """How many wait, by kind, and how many of all are late."""
    rows = db.execute(
        select(FollowUp.kind, func.count(), func.count().filter(FollowUp.due_on < today))
        .where(FollowUp.store_id == store_id, FollowUp.status == FollowUpStatus.OPEN, FollowUp.opens_on <= today)
        .group_by(FollowUp.kind)
    ).all()
    return {"all": sum(row[1] for row in rows), "late": sum(row[2] for row in rows),
            **{row[0]: row[1] for row in rows}}


def earlier(db: Session, follow_up: FollowUp) -> list[FollowUp]:
    """What was said before to this customer, newest first."""
    statement = select(FollowUp).where(
        FollowUp.customer_id == follow_up.customer_id, FollowUp.id != follow_up.id, FollowUp.result != ""
    )
    return list(db.scalars(statement.order_by(FollowUp.done_at.desc()).limit(20)))
