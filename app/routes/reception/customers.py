"""Customers' files: opened, shown with their history, corrected; the phone shown only on request, and that is noted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app.domain.errors import Faults, Invalid
from app.domain.reception import customer as rules
from app.domain.reception import vehicle as car_rules
from app.domain.reception.vehicle import folded
from app.models.reception import dossier_queries, intake_queries, reception_queries, series_queries
from app.models.reception.customer import Customer
from app.models.reception.vehicle import OdometerReading, Vehicle
from app.routes.dependencies import CARE, EVERYBODY, RECEPTION, Db, Now, Person, Who
from app.routes.reception import file_form
from app.routes.reception.loading import customer_for, local_day
from app.routes.reception.receptions import arrived, begin

READERS = RECEPTION | CARE
Form = URLEncodedBody[dict[str, str]]


@get("/reception/customers/new", name="customer_new", sync_to_thread=True, opt={"roles": RECEPTION})
def show_form(db: Db, q: FromQuery[str] = "") -> Template:
    """An empty file, with what was searched for in the field it belongs to."""
    return form_page(db, file_form.values_from(q[:40]), [])


def form_page(db: Session, values: dict[str, str], faults: list[Invalid], other: Customer | None = None,
              customer: Customer | None = None) -> Template:
    """The form as it was typed, each fault beside its field."""
    return Template("reception/customers/form.html", status_code=422 if faults else 200, context={
        "values": values, "faults": faults, "fault_of": {fault.field: fault for fault in faults}, "other": other,
        "customer": customer, "series": series_queries.names(db),
    })


@post("/reception/customers", name="customers", sync_to_thread=True, opt={"roles": RECEPTION})
def create_customer(data: Form, db: Db, who: Who, now: Now) -> Response[Any]:
    """Open a file with its car, and register the arrival if asked; questions come back with all that was typed."""
    known = dossier_queries.vehicle_by_plate(db, who.store_id, folded(data.get("plate", "")))
    same = dossier_queries.same_phone(db, who.store_id, file_form.digits(data.get("phone", "")))
    try:
        entries = file_form.read(data, others=same, known_vehicle=known, today=local_day(who, now))
    except Faults as refusal:
        return form_page(db, data, refusal.faults, same[0] if same else known.owner if known else None)
    customer = Customer(store_id=who.store_id, **entries.customer)
    db.add(customer)
    rules.open_file(customer, by=who.actor, at=now)
    vehicle = keep_vehicle(db, customer, entries.vehicle, known, who, now)
    db.flush()
    if "arrive" not in data:
        return Redirect(f"/reception/customers/{customer.id}", status_code=303)
    reception = arrived(db, vehicle, data.get("reason", ""), who, now)
    begin(db, reception, who, now)
    return Redirect(f"/reception/arrivals/{reception.id}/walk", status_code=303)


def keep_vehicle(db: Session, owner: Customer, facts: dict[str, Any], known: Vehicle | None, who: Person,
                 now: datetime) -> Vehicle:
    """The new car, or the known one with its new owner."""
    if known:
        car_rules.change_owner(known, owner, by=who.actor, at=now)
        return known
    vehicle = Vehicle(store_id=who.store_id, owner=owner, **facts)
    series_queries.describe(db, vehicle)
    db.add(vehicle)
    car_rules.register(vehicle, by=who.actor, at=now)
    if vehicle.mileage_km:
        vehicle.readings.append(OdometerReading(store_id=who.store_id, km=vehicle.mileage_km, read_at=now))
    return vehicle


@get("/reception/customers/{customer_id:uuid}", name="customer", sync_to_thread=True, opt={"roles": READERS})
def show_file(customer_id: FromPath[UUID], db: Db, who: Who, now: Now, car: FromQuery[UUID | None] = None) -> Template:
    """The customer's file: facts, what was put off, the next service, the visits."""
    customer = customer_for(who, db, customer_id)
    vehicle = next((one for one in customer.vehicles if one.id == car), next(iter(customer.vehicles), None))
    today = local_day(who, now)
    put_off = dossier_queries.put_off(db, [vehicle.id]) if vehicle else []
    return Template("reception/customers/file.html", context={
        "customer": customer, "vehicle": vehicle, "now": now, "today": today, "put_off": put_off,
        "photos": dossier_queries.first_photos(db, [row.finding_id for row in put_off if row.finding_id]),
        "next_service": intake_queries.next_service_of(db, vehicle) if vehicle else None,
        "standing": intake_queries.car_standing(vehicle, today, vehicle.mileage_km) if vehicle else None,
        "open_reception": reception_queries.open_for(db, vehicle.id) if vehicle else None,
        "order_in_shop": reception_queries.order_in_shop(db, vehicle.id) if vehicle else None,
        "odometer": reception_queries.last_odometer(db, vehicle.id) if vehicle else (0, None),
        "count": reception_queries.visits_before(db, vehicle.id) if vehicle else (0, None),
        "may_receive": who.may(RECEPTION), **visits_page(db, customer.id, None),
    })


@get("/reception/customers/{customer_id:uuid}/visits", name="customer_visits", sync_to_thread=True,
     opt={"roles": READERS})
def show_older(customer_id: FromPath[UUID], db: Db, who: Who, now: Now,
               before: FromQuery[str] = "") -> Template:
    """The next page of visits."""
    customer = customer_for(who, db, customer_id)
    return Template("reception/customers/_visits.html", context={
        "customer": customer, "now": now, "time_zone": who.time_zone,
        **visits_page(db, customer.id, cursor(before) if before else None),
    })


def visits_page(db: Session, customer_id: UUID, before: tuple[datetime, UUID] | None) -> dict[str, Any]:
    """A page of visits with their lines and papers, and the cursor of the next."""
    rows = dossier_queries.visits(db, customer_id, before)
    shown = rows[: dossier_queries.PAGE]
    ids = [row.id for row in shown]
    older = f"{shown[-1].opened_at.isoformat()}~{shown[-1].id}" if len(rows) > len(shown) else ""
    return {"visits": shown, "lines": dossier_queries.lines_of(db, ids), "papers": dossier_queries.papers_of(db, ids),
            "older": older}


def cursor(text: str) -> tuple[datetime, UUID]:
    """`2026-11-21T10:00:00+00:00~<id>` as moment and id."""
    try:
        moment, _, key = text.replace(" ", "+").partition("~")
        return datetime.fromisoformat(moment), UUID(key)
    except ValueError as error:
        raise Invalid("before", "This page of the list does not exist. Start from the top.") from error


@post("/reception/customers/{customer_id:uuid}/phone-views", name="phone_views", sync_to_thread=True,
      opt={"roles": EVERYBODY})
def create_phone_view(customer_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """Show the whole number, and note who asked (V-11)."""
    customer = customer_for(who, db, customer_id)
    rules.show_phone(customer, by=who.actor, at=now)
    return Template("reception/customers/_phone.html", context={"customer": customer})


@get("/reception/customers/{customer_id:uuid}/correction", name="customer_correction", sync_to_thread=True,
     opt={"roles": RECEPTION})
def show_correction(customer_id: FromPath[UUID], db: Db, who: Who) -> Template:
    """The file's fields, to be corrected."""
    customer = customer_for(who, db, customer_id)
    values = {name: str(getattr(customer, name) or "") for name in file_form.PERSON_FIELDS}
    return form_page(db, {**values, "agrees_to_marketing": "on" if customer.agrees_to_marketing else ""}, [],
                     customer=customer)


@post("/reception/customers/{customer_id:uuid}/correction", name="customer_correct", sync_to_thread=True,
      opt={"roles": RECEPTION})
def update_customer(customer_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Response[Any]:
    """Correct a file; the phone of another file is a question here too."""
    customer = customer_for(who, db, customer_id)
    same = dossier_queries.same_phone(db, who.store_id, file_form.digits(data.get("phone", "")),
                                      other_than=customer.id)
    try:
        facts = file_form.read_person(data, others=same)
    except Faults as refusal:
        return form_page(db, data, refusal.faults, same[0] if same else None, customer)
    rules.correct_file(customer, by=who.actor, at=now, **facts)
    return Redirect(f"/reception/customers/{customer.id}", status_code=303)


@post("/reception/customers/{customer_id:uuid}/vehicles", name="customer_vehicles", sync_to_thread=True,
      opt={"roles": RECEPTION})
def create_vehicle(customer_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Response[Any]:
    """A further car of the same customer."""
    customer = customer_for(who, db, customer_id)
    known = dossier_queries.vehicle_by_plate(db, who.store_id, folded(data.get("plate", "")))
    try:
        facts = file_form.read_vehicle(data, known=known, today=local_day(who, now))
    except Faults as refusal:
        return vehicle_page(db, customer, data, refusal.faults)
    vehicle = keep_vehicle(db, customer, facts, known, who, now)
    db.flush()
    return Redirect(f"/reception/customers/{customer.id}?car={vehicle.id}", status_code=303)


@get("/reception/customers/{customer_id:uuid}/vehicles/new", name="vehicle_new", sync_to_thread=True,
     opt={"roles": RECEPTION})
def show_vehicle_form(customer_id: FromPath[UUID], db: Db, who: Who) -> Template:
    """An empty form for a further car."""
    return vehicle_page(db, customer_for(who, db, customer_id), file_form.values_from(""), [])


def vehicle_page(db: Session, customer: Customer, values: dict[str, str], faults: list[Invalid]) -> Template:
    """The car's form as it was typed."""
    return Template("reception/customers/vehicle.html", status_code=422 if faults else 200, context={
        "customer": customer, "values": values, "faults": faults, "series": series_queries.names(db),
        "fault_of": {fault.field: fault for fault in faults},
    })


ROUTES: list[Any] = [show_form, create_customer, show_file, show_older, create_phone_view, show_correction,
                     update_customer, create_vehicle, show_vehicle_form]
