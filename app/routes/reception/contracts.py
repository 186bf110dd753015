"""Step 5 of the arrival: the customer reads what was agreed and signs on the tablet (R-CORE-3)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app.canonical import content_hash
from app.domain.approval import signature
from app.domain.errors import NotFound, Stale
from app.domain.office.staff import Role
from app.domain.reception import intake_content
from app.domain.workshop import assignment as dispatching
from app.models.office.staff import Staff
from app.models.reception import contract, order_queries
from app.models.reception.reception import Reception
from app.models.reception.repair_order import Assignment, RepairOrder
from app.models.workshop import inspection_queries
from app.routes.dependencies import RECEPTION, Db, Now, Person, Who
from app.routes.loading import of_store
from app.routes.reception.arrivals import BASE, ROLES, frame
from app.routes.reception.loading import order_of, reception_for

Form = URLEncodedBody[dict[str, Any]]


def agreed(db: Session, reception: Reception) -> dict[str, Any]:
    """All that is on the screen; whoever brought the car signs."""
    return contract.agreed(db, order_of(reception), signer_name=intake_content.sender(reception)["name"],
                           signer_relation=reception.sender_relation)


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
        contract.sign_at_desk(db, order, ink=ink, signer_name=content["signer"]["name"],
                              signer_relation=content["signer"]["relation"], by=who.actor, at=now,
                              device={**device_of(request), **ink.facts})
        put_technicians(db, order, texts(data.get("technician_id")), who, now)
    return Redirect(f"/orders/{order.id}", status_code=303)


def device_of(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """On what the signature was taken."""
    return {"user_agent": request.headers.get("user-agent", "")[:300],
            "address": request.client.host if request.client else ""}


def put_technicians(db: Session, order: RepairOrder, ids: list[str], who: Person, now: datetime) -> None:
    """The chosen technicians get the car on their phones."""
    for technician_id in ids:
        technician = technician_for(db, UUID(technician_id), who)
        if technician not in order.technicians:
            row = Assignment(store_id=order.store_id, technician=technician)
            dispatching.dispatch(order, row, by=who.actor, at=now)
            inspection_queries.begin_inspection(db, order, now)


def technician_for(db: Session, technician_id: UUID, who: Person) -> Staff:
    """A technician of the person's own store."""
    technician = db.get(Staff, technician_id)
    if technician is None or Role.TECHNICIAN not in technician.roles_in(who.store_id):
        raise NotFound("No technician of this shop has that name.")
    return technician


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
