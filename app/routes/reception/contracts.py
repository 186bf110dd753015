"""Step 5 of the arrival: the customer reads what was agreed and signs on the tablet (R-CORE-3)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app import papers
from app.canonical import canonical, content_hash
from app.domain.approval import signature
from app.domain.errors import Stale
from app.domain.reception import intake_content
from app.domain.reception import repair_order as rules
from app.domain.reception import vehicle as car_rules
from app.domain.workshop import assignment as dispatching
from app.models.office.staff import Staff
from app.models.office.store import Store
from app.models.reception import intake_queries, order_queries
from app.models.reception.reception import Reception
from app.models.reception.repair_order import Assignment, IntakeContract, RepairOrder
from app.models.reception.vehicle import OdometerReading
from app.models.workshop import catalogue_queries, inspection_queries
from app.routes.dependencies import RECEPTION, Db, Now, Person, Who
from app.routes.loading import of_store
from app.routes.reception.arrivals import BASE, ROLES, frame
from app.routes.reception.loading import order_of, reception_for
from app.security import sha256

Form = URLEncodedBody[dict[str, Any]]
FREE = ("general_inspection", "free_basic_checks")


def agreed(db: Session, reception: Reception) -> dict[str, Any]:
    """All that is on the screen, as it will be frozen."""
    order = order_of(reception)
    store = db.get_one(Store, reception.store_id)
    clauses, clauses_sha256 = intake_queries.clauses_for(db, order, store)
    return intake_content.content(
        order, store=store, clauses=clauses, clauses_sha256=clauses_sha256,
        symptom_answers=intake_queries.symptom_texts(db, reception), free_checks=free_checks(db, order),
        signer={"name": intake_content.sender(reception)["name"], "relation": reception.sender_relation},
    )


def free_checks(db: Session, order: RepairOrder) -> list[dict[str, Any]]:
    """The six checks that come with this visit at no charge, when they are on the order."""
    if not any(line.operation_id in FREE for line in order.intake_lines):
        return []
    standard = catalogue_queries.content(db, order.store_id, "standard_of_service")
    return [{"name": check["name"], "minutes": check["minutes"]} for check in standard[0]["checks"]] if standard else []


@get(f"{BASE}/sign", name="arrival_sign", sync_to_thread=True, opt=ROLES)
def show_contract(reception_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """What is signed, fully on the screen."""
    reception = reception_for(who, db, reception_id)
    content = agreed(db, reception)
    return Template("reception/arrivals/sign.html", context={
        **frame(db, reception, "sign", now, who), "content": content, "content_sha256": content_hash(content),
        "technicians": order_queries.technicians(db, who.store_id),
    })


@post(f"{BASE}/signature", name="arrival_signature", sync_to_thread=True, opt={"roles": RECEPTION})
def create_contract(reception_id: FromPath[UUID], data: Form, request: Request[Any, Any, Any], db: Db, who: Who,
                    now: Now) -> Redirect:
    """The customer signed: freeze, number, dispatch, ask for the paper. A second tap finds the signed order."""
    reception = reception_for(who, db, reception_id)
    order = order_of(reception)
    if order.signed_at is None:
        content = agreed(db, reception)
        if content_hash(content) != data.get("content_sha256"):
            raise Stale("The order changed while it was on the screen. Read it once more, then sign.")
        ink = signature.read_strokes(str(data.get("strokes", "")), str(data.get("canvas", "")))
        contract = frozen(order, content, ink, device_of(request), who)
        rules.sign(order, contract, by=who.actor, at=now)
        keep_odometer(db, order, now)
        put_technicians(db, order, texts(data.get("technician_id")), who, now)
        db.flush()
        papers.want(db, kind="intake_contract", subject_id=contract.id, repair_order_id=order.id,
                    store_id=order.store_id, number=contract.number, content_sha256=contract.content_sha256, at=now)
    return Redirect(f"/orders/{order.id}", status_code=303)


def frozen(order: RepairOrder, content: dict[str, Any], ink: signature.Strokes, device: dict[str, Any],
           who: Person) -> IntakeContract:
    """The contract's row: the canonical text, its hash, and the signature drawn from its points."""
    drawn = signature.svg(ink)
    return IntakeContract(
        store_id=order.store_id, version_no=len(order.contracts) + 1, number=content["contract_number"],
        payload=canonical(content), content_sha256=content_hash(content), total_fen=content["total_fen"],
        promised_at=order.promised_at, signer_name=content["signer"]["name"],
        signer_relation=content["signer"]["relation"], signature_svg=drawn, signature_sha256=sha256(drawn),
        taken_by_id=who.id, device={**device, **ink.facts},
    )


def device_of(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """On what the signature was taken."""
    return {"user_agent": request.headers.get("user-agent", "")[:300],
            "address": request.client.host if request.client else ""}


def keep_odometer(db: Session, order: RepairOrder, now: datetime) -> None:
    """The mileage belongs to the order and to the car from now on."""
    reception = order.reception
    order.mileage_km = reception.mileage_km or 0
    reading = OdometerReading(store_id=order.store_id, km=order.mileage_km, read_at=now,
                              odometer_replaced=reception.odometer_replaced)
    car_rules.keep_reading(order.vehicle, reading)


def put_technicians(db: Session, order: RepairOrder, ids: list[str], who: Person, now: datetime) -> None:
    """The chosen technicians get the car on their phones."""
    for technician_id in ids:
        technician = db.get_one(Staff, UUID(technician_id))
        if technician not in order.technicians:
            row = Assignment(store_id=order.store_id, technician=technician)
            dispatching.dispatch(order, row, by=who.actor, at=now)
            inspection_queries.begin_inspection(db, order, now)


def texts(value: Any) -> list[str]:
    """One value or several, as a list."""
    return [str(one) for one in (value if isinstance(value, list) else [value]) if one]


@post("/orders/{order_id:uuid}/assignments", name="order_assignments", sync_to_thread=True, opt={"roles": RECEPTION})
def create_assignment(order_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Redirect:
    """Put technicians on a car."""
    order = of_store(who, db, RepairOrder, order_id)
    put_technicians(db, order, texts(data.get("technician_id")), who, now)
    return Redirect(f"/orders/{order.id}", status_code=303)


ROUTES: list[Any] = [show_contract, create_contract, create_assignment]
