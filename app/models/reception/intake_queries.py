"""What the arrival's fourth and fifth step need: an order with its numbers, priced items, a plan, suggestions, clauses."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.canonical import content_hash
from app.domain.reception import intake_clause, next_service, promised_time
from app.domain.reception.intake_line import work_minutes
from app.domain.reception.next_service import NextService, OdometerPoint
from app.domain.reception.repair_order import OrderStatus
from app.domain.reception.symptom import symptoms_on
from app.domain.reception.warranty import Cover, Standing, standing
from app.domain.workshop.catalogue import Exclusion, exclusions, hours_after_overlaps
from app.domain.workshop.work import WorkStatus
from app.models.office.numbers import next_number
from app.models.office.staff import Staff, StaffRole
from app.models.office.store import Store
from app.models.reception import dossier_queries
from app.models.reception.order_line import OrderLine
from app.models.reception.reception import Reception
from app.models.reception.repair_order import RepairOrder
from app.models.reception.vehicle import Vehicle
from app.models.workshop import catalogue_queries
from app.models.workshop.add_on import AddOn
from app.models.workshop.pricing_queries import price_line, total_up

FREE_CHECKS = "free_basic_checks"
SERVICES = {"bev": "ev_service", "ev": "ev_service", "phev": "phev_service", "erev": "phev_service"}


@dataclass(frozen=True)
class Suggestion:
    """Something worth offering today, with the reason in words the advisor can say."""

    operation_id: str
    title: Any
    reason: str
    facts: dict[str, Any]
    put_off: AddOn | None = None


def new_order(db: Session, reception: Reception, advisor_id: UUID, at: datetime) -> RepairOrder:
    """An order for a reception, with its number and its contract's."""
    store = db.get_one(Store, reception.store_id)
    order = RepairOrder(
        store_id=store.id, number=next_number(db, store, "order", at),
        contract_number=next_number(db, store, "intake_contract", at), reception_id=reception.id,
        customer_id=reception.customer_id, vehicle_id=reception.vehicle_id, advisor_id=advisor_id, opened_at=at,
        mileage_km=reception.mileage_km or 0, status=OrderStatus.OPEN, is_emergency=False,
    )
    db.add(order)
    db.flush()
    return order


def new_line(db: Session, order: RepairOrder, operation_id: str, *, carried_from: AddOn | None = None) -> OrderLine:
    """An item priced from the catalogue for this car, not on the order yet."""
    operation = catalogue_queries.operation(db, order.store_id, operation_id)
    with db.no_autoflush:  # half a line is not written
        line = OrderLine(
            store_id=order.store_id, repair_order=order, origin="intake", payer=operation.default_payer,
            position=1 + max((other.position for other in order.lines), default=0), discount_fen=0,
            is_in_warranty=operation.default_payer == "manufacturer_warranty",
            carried_from_id=carried_from.id if carried_from else None, remark=carried_from.saw if carried_from else "",
        )
        price_line(db, line, operation, order.vehicle)
        db.add(line)
    return line


def price_again(db: Session, order: RepairOrder) -> None:
    """Hours of all items once one was taken off: what was saved beside it is saved no more."""
    ids = [line.operation_id for line in order.intake_lines if line.operation_id]
    found = catalogue_queries.operations(db, order.store_id, ids)
    hours = hours_after_overlaps((one.id, one.hours_x100, one.facts["overlaps"]) for one in found)
    for line in order.intake_lines:
        if line.operation_id in hours:
            line.hours_x100 = hours[line.operation_id]
            total_up(line)
            line.list_total_fen = line.total_fen


def conflicts(db: Session, order: RepairOrder) -> list[Exclusion]:
    """Pairs on the order that should not both be charged, or not in this order of work."""
    ids = [line.operation_id for line in order.intake_lines if line.operation_id]
    return exclusions({one.id: one.facts["excludes"] for one in catalogue_queries.operations(db, order.store_id, ids)})


def car_standing(vehicle: Vehicle, today: date, mileage_km: int) -> Standing:
    """How the car's warranty stands today."""
    cover = Cover(vehicle.warranty_until, vehicle.warranty_km, vehicle.purchased_on or vehicle.registered_on)
    return standing(cover, today=today, mileage_km=mileage_km)


def next_service_of(db: Session, vehicle: Vehicle) -> NextService | None:
    """When the car is due, from its own readings."""
    readings = dossier_queries.odometer(db, vehicle.id)
    last = dossier_queries.last_service(db, vehicle)
    if last is None and readings:
        last = OdometerPoint(readings[0].on, readings[0].km)
    if last is None or vehicle.series is None:
        return None
    return next_service.predict(
        readings, interval_km=vehicle.series.service_interval_km,
        interval_months=vehicle.series.service_interval_months, last_service=last,
    )


def queue(db: Session, store_id: UUID, other_than: UUID) -> tuple[int, int]:
    """Cars before this one, and the minutes they still need, shared by the shop's technicians."""
    line = OrderLine.__table__.c
    agreed = (line.origin == "intake") | line.approved_fen.is_not(None)
    row = db.execute(
        select(func.count(RepairOrder.id.distinct()), func.coalesce(func.sum(line.hours_x100), 0))
        .join(OrderLine.__table__, line.repair_order_id == RepairOrder.id)
        .where(RepairOrder.store_id == store_id, RepairOrder.id != other_than, line.removed_at.is_(None), agreed,
               RepairOrder.status.in_((OrderStatus.OPEN, OrderStatus.IN_PROGRESS)),
               RepairOrder.signed_at.is_not(None),
               line.work_status.in_((WorkStatus.WAITING, WorkStatus.IN_WORK, WorkStatus.PAUSED)))
    ).one()
    technicians = db.scalar(
        select(func.count()).select_from(StaffRole).join(Staff, Staff.id == StaffRole.staff_id)
        .where(StaffRole.store_id == store_id, StaffRole.role == "technician", Staff.left_at.is_(None))
    )
    return int(row[0]), promised_time.queue_minutes(int(row[1]) * 60 // 100, technicians or 1)


def plan_for(db: Session, store: Store, order: RepairOrder, at: datetime) -> tuple[int, promised_time.Plan]:
    """How many cars are before this one, and its way through the shop, in the shop's zone."""
    cars, minutes = queue(db, store.id, order.id)
    hours = promised_time.OpeningHours.read(store.opens_at, store.closes_at)
    local = at.astimezone(ZoneInfo(store.time_zone))
    return cars, promised_time.plan(local, work_minutes=work_minutes(order.intake_lines), queue_minutes=minutes,
                                    hours=hours)


def suggestions(db: Session, reception: Reception, today: date) -> list[Suggestion]:
    """What to offer: the due service, what was put off, the check that fits what the customer said."""
    order = reception.repair_order
    there = {line.operation_id for line in order.intake_lines} if order else set()
    found = [*_due_service(db, reception, today), *_put_off(db, reception), *_checks(db, reception)]
    wanted = {one.operation_id: one for one in reversed(found) if one.operation_id not in there}
    known = catalogue_queries.operations(db, reception.store_id, [one.operation_id for one in found])
    titles = {one.id: one for one in known}
    ordered = dict.fromkeys(one.operation_id for one in found if one.operation_id in wanted)
    return [Suggestion(key, titles[key], wanted[key].reason, wanted[key].facts, wanted[key].put_off)
            for key in ordered if key in titles]


def _due_service(db: Session, reception: Reception, today: date) -> list[Suggestion]:
    due = next_service_of(db, reception.vehicle)
    if due is None or not (due.is_due(today) or (due.due_km or 10**9) <= (reception.mileage_km or 0)):
        return []
    series = reception.vehicle.series
    operation_id = SERVICES.get(series.powertrain if series else "", "minor_service")
    facts = {"km": f"{due.due_km:,}" if due.due_km else "—", "day": due.on.isoformat()}
    reason = "Due about %(day)s or at %(km)s km"
    free = Suggestion(FREE_CHECKS, None, "Six free checks, about 30 minutes, with every service", {})
    return [Suggestion(operation_id, None, reason, facts), free]


def _put_off(db: Session, reception: Reception) -> list[Suggestion]:
    return [
        Suggestion(row.operation_id, row, "Put off last time" if row.status == "deferred" else "Declined last time",
                   {}, row)
        for row in dossier_queries.put_off(db, [reception.vehicle_id]) if row.operation_id
    ]


def _checks(db: Session, reception: Reception) -> list[Suggestion]:
    named = symptoms_on(reception.symptom_answers)
    return [
        Suggestion(symptom["operation"], None, "Fits what the customer said: %(symptom)s",
                   {"symptom": symptom["name"]["zh"]})
        for symptom in catalogue_queries.content(db, reception.store_id, "symptom") if symptom["id"] in named
    ]


def symptom_texts(db: Session, reception: Reception) -> list[dict[str, Any]]:
    """The sheet of questions with its answers in words, both languages, as it is frozen."""
    symptoms = {row["id"]: row for row in catalogue_queries.content(db, reception.store_id, "symptom")}
    return [text for row in reception.symptom_answers if (text := _in_words(row, symptoms.get(row["symptom"])))]


def _in_words(row: dict[str, Any], symptom: dict[str, Any] | None) -> dict[str, Any] | None:
    question = next((one for one in symptom["questions"] if one["id"] == row["question"]), None) if symptom else None
    if symptom is None or question is None:
        return None
    option = next((one for one in question["options"] if one["id"] == row["answer"]), None)
    answer = {"zh": option["zh"], "en": option["en"]} if option else {"zh": "未询问", "en": "not asked"}
    return {"symptom": symptom["name"], "question": question["text"], "answer": answer}


def clauses_for(db: Session, order: RepairOrder, store: Store) -> tuple[list[dict[str, Any]], str]:
    """The contract's clauses for this order, and the hash of the wording they were made from."""
    text = catalogue_queries.content_item(db, order.store_id, "legal_text", "intake_clauses")
    facts = clause_facts(db, order, store)
    reception = order.reception
    filled = [
        intake_clause.filled([clause], facts, intake_clause.ticks(
            old_parts=reception.old_parts, channel=reception.contact_channel or order.customer.contact_channel,
            test_drive=reception.allows_test_drive, clause_id=clause["id"]))[0]
        for clause in text["clauses"]
        if intake_clause.concerns(clause["id"], sender_relation=reception.sender_relation)
    ]
    return filled, content_hash(text)


def clause_facts(db: Session, order: RepairOrder, store: Store) -> dict[str, dict[str, str]]:
    """What fills the blanks, in both languages."""
    from app.domain.approval.pricing import customer_owes
    from app.domain.money import yuan
    from app.domain.reception.customer import masked_phone
    from app.domain.reception.intake_content import sender

    local = order.promised_at.astimezone(ZoneInfo(store.time_zone)) if order.promised_at else None
    classes = {row["id"]: row for row in catalogue_queries.content(db, store.id, "service_class")}
    items = "、".join(order.reception.items_left)
    both = {
        "original_total_yuan": yuan(sum(customer_owes(line.total_fen, line.payer) for line in order.intake_lines)),
        "phone_masked": masked_phone(order.customer.phone),
        "driver_name": sender(order.reception)["name"], "driver_limit_yuan": "0.00", "deviation_percent": "0",
        "labour_rate_yuan": "、".join(sorted({yuan(line.rate_fen) for line in order.intake_lines if line.rate_fen})),
        "test_drive_km": "10", "retention_years": "2", "contact_hours": order.customer.contact_time,
        **{f"g{n}_{unit}": str(classes[name][f"legal_min_{unit}"])
           for n, name in ((1, "assembly_repair"), (2, "second_level_maintenance"), (3, "minor_repair"))
           for unit in ("days", "km") if name in classes},
    }
    moment = local.strftime("%Y-%m-%d %H:%M") if local else ""
    zh = {"promised_at": moment, "belongings_list": items or "无", "labour_standard": "本店公示的工时定额",
          "test_drive_area": "店外周边道路", "delay_compensation": "双方协商"}
    en = {"promised_at": moment, "belongings_list": items or "none", "labour_standard": "the posted labour times",
          "test_drive_area": "the roads around the shop", "delay_compensation": "what both agree"}
    return {"zh": {**both, **zh}, "en": {**both, **en}}


