"""The arrival, step by step: customer and car, the walk around it, the customer's words; every field saves itself."""

from typing import Any
from uuid import UUID

from litestar import delete, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound
from app.domain.reception import reception as rules
from app.domain.reception import symptom
from app.domain.reception.reception import DAMAGE_KINDS, ReceptionStatus
from app.models.reception import dossier_queries, reception_queries, search_queries
from app.models.reception.reception import DamageMark, Reception
from app.models.workshop import catalogue_queries
from app.routes.dependencies import RECEPTION, Db, Now, Who
from app.routes.reception.file_form import Reader
from app.routes.reception.loading import local_day, reception_for
from app.sheets.words import DAMAGES, LAMPS, OLD_PARTS, RELATIONS, ZONES

Form = URLEncodedBody[dict[str, Any]]
ROLES = {"roles": RECEPTION}
BASE = "/reception/arrivals/{reception_id:uuid}"
STEPS = (("customer", "Customer and car"), ("walk", "Walk around"), ("words", "The customer's words"),
         ("items", "Work and time"), ("sign", "Signature"))
ITEMS = ("child seat", "dash camera", "umbrella", "car papers", "sunglasses", "nothing")
GAPS = {"mileage_km": "the mileage", "fuel": "fuel or charge", "damage_photo": "a photo of the damage",
        "customer_words": "the customer's own words", "old_parts": "what happens to the old parts",
        "customer_waits": "whether the customer waits", "sender": "who brought the car", "lines": "an item of work",
        "promised_at": "the time of delivery"}
WALK_FIELDS = ("mileage_km", "fuel", "damage_photo")


def done_steps(reception: Reception) -> set[str]:
    """The steps that need nothing more."""
    missing = set(rules.missing_for_signature(reception))
    order = reception.repair_order
    steps = {
        "customer": "sender" not in missing,
        "walk": reception.walked_around_at is not None and not missing & set(WALK_FIELDS),
        "words": not missing & {"customer_words", "old_parts", "customer_waits"},
        "items": bool(order and order.intake_lines and order.promised_at),
        "sign": bool(order and order.signed_at),
    }
    return {name for name, is_done in steps.items() if is_done}


def frame(db: Session, reception: Reception, step: str, now: Any, who: Any) -> dict[str, Any]:
    """What every step of an arrival shows around its own content."""
    return {
        "reception": reception, "order": reception.repair_order, "vehicle": reception.vehicle, "now": now,
        "customer": reception.customer, "step": step, "steps": STEPS, "done": done_steps(reception),
        "today": local_day(who, now), "missing": rules.missing_for_signature(reception), "time_zone": who.time_zone,
        "is_open": reception.status == ReceptionStatus.IN_PROGRESS,
        "put_off_count": search_queries.put_off_counts(db, [reception.vehicle_id]).get(reception.vehicle_id, 0),
        "base": f"/reception/arrivals/{reception.id}", "gap_words": GAPS, "zone_words": ZONES, "lamp_words": LAMPS,
        "damage_words": DAMAGES, "old_parts_words": OLD_PARTS, "relation_words": RELATIONS,
    }


@get(f"{BASE}/customer", name="arrival_customer", sync_to_thread=True, opt=ROLES)
def show_customer(reception_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """Step 1: whose car, who brought it, how to reach them."""
    reception = reception_for(who, db, reception_id)
    put_off = dossier_queries.put_off(db, [reception.vehicle_id])
    return Template("reception/arrivals/customer.html", context={
        **frame(db, reception, "customer", now, who), "put_off": put_off,
        "count": reception_queries.visits_before(db, reception.vehicle_id),
    })


@get(f"{BASE}/walk", name="arrival_walk", sync_to_thread=True, opt=ROLES)
def show_walk(reception_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """Step 2: what is damaged, is it photographed; mileage, fuel, lamps, things left in the car."""
    reception = reception_for(who, db, reception_id)
    return Template("reception/arrivals/walk.html", context=walk_context(db, reception, now, who))


def walk_context(db: Session, reception: Reception, now: Any, who: Any) -> dict[str, Any]:
    """The outline with this visit's and the last one's marks, and the fields beside it."""
    return {
        **frame(db, reception, "walk", now, who), "old_marks": reception_queries.old_marks(db, reception),
        "last_km": reception_queries.last_odometer(db, reception.vehicle_id)[0], "fault": None,
        "kinds": DAMAGE_KINDS, "items": ITEMS,
        "unphotographed": next((mark for mark in reception.damage_marks if mark.photo_id is None), None),
    }


@get(f"{BASE}/words", name="arrival_words", sync_to_thread=True, opt=ROLES)
def show_words(reception_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """Step 3: the customer's own words, and the few questions the technician needs."""
    reception = reception_for(who, db, reception_id)
    put_off = dossier_queries.put_off(db, [reception.vehicle_id])
    return Template("reception/arrivals/words.html", context={
        **words_context(db, reception, now, who), "put_off": put_off,
        "photos": dossier_queries.first_photos(db, [row.finding_id for row in put_off if row.finding_id]),
    })


def words_context(db: Session, reception: Reception, now: Any, who: Any) -> dict[str, Any]:
    """The sheet of questions with what was answered."""
    symptoms = catalogue_queries.content(db, reception.store_id, "symptom")
    asked = symptom.symptoms_on(reception.symptom_answers)
    return {
        **frame(db, reception, "words", now, who),
        "asked": [row for row in symptoms if row["id"] in asked],
        "others": [row for row in symptoms if row["id"] not in asked],
        "answer_of": {(row["symptom"], row["question"]): row["answer"] for row in reception.symptom_answers},
        "not_asked": symptom.not_asked(reception.symptom_answers),
    }


@post(f"{BASE}/entries", name="arrival_entries", status_code=200, sync_to_thread=True, opt=ROLES)
def update_entries(reception_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Template:
    """Keep what the fields of a step hold, as the advisor goes along."""
    reception = reception_for(who, db, reception_id)
    rules.refuse_unless_begun(reception)
    step = str(data.get("step", "walk"))
    entries = {name: value for name, value in data.items() if name in rules.DRAFT_FIELDS}
    rules.fill_in(reception, entries, at=now)
    before = symptom.symptoms_on(reception.symptom_answers)
    if step == "words":
        keep_answers(db, reception, data)
    context = {"walk": walk_context, "words": words_context}.get(step)
    shown = context(db, reception, now, who) if context else frame(db, reception, "customer", now, who)
    return Template("reception/arrivals/_saved.html", context={
        **shown, "has_new_questions": symptom.symptoms_on(reception.symptom_answers) != before})


def keep_answers(db: Session, reception: Reception, data: dict[str, Any]) -> None:
    """The questions that fit the words now, with the answers given so far."""
    symptoms = catalogue_queries.content(db, reception.store_id, "symptom")
    given = {(name.split(".")[1], name.split(".")[2]): str(value)
             for name, value in data.items() if name.startswith("q.") and name.count(".") == 2}
    answers = symptom.answered(reception.symptom_answers, given)
    kept = {row["symptom"] for row in answers if row["answer"]} | set(reception.drafts.get("symptoms", []))
    reception.symptom_answers = symptom.sheet(reception.customer_words, symptoms, answers, kept)


@post(f"{BASE}/symptoms", name="arrival_symptoms", status_code=200, sync_to_thread=True, opt=ROLES)
def create_symptom(reception_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Template:
    """Ask about a symptom the words did not name."""
    reception = reception_for(who, db, reception_id)
    rules.refuse_unless_begun(reception)
    added = {*reception.drafts.get("symptoms", []), str(data.get("symptom", ""))}
    reception.drafts = {**reception.drafts, "symptoms": sorted(added)}
    keep_answers(db, reception, {})
    reception.saved_at = now
    return Template("reception/arrivals/_saved.html", context={
        **words_context(db, reception, now, who), "has_new_questions": True})


@post(f"{BASE}/odometer", name="arrival_odometer", status_code=200, sync_to_thread=True, opt=ROLES)
def update_odometer(reception_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Template:
    """Take the mileage; a doubtful one comes back as a question, kept as typed."""
    reception = reception_for(who, db, reception_id)
    rules.refuse_unless_begun(reception)
    typed = str(data.get("mileage_km", ""))
    fault = None
    try:
        take_odometer(db, reception, typed, "odometer_replaced" in data, who, now)
    except Invalid as refusal:
        fault = refusal
        reception.mileage_km = None
        reception.drafts = {**reception.drafts, "mileage_km": typed[:20]}
    reception.saved_at = now
    context = {**walk_context(db, reception, now, who), "fault": fault}
    return Template("reception/arrivals/_odometer.html", context={**context, "is_swap": True},
                    status_code=422 if fault else 200)


def take_odometer(db: Session, reception: Reception, typed: str, is_replaced: bool, who: Any, now: Any) -> None:
    """Read the figure as typed, with or without separators."""
    km = Reader({"mileage_km": typed}).km("mileage_km")
    if not typed.strip() or km == reception.mileage_km:
        return
    last_km, _ = reception_queries.last_odometer(db, reception.vehicle_id)
    rules.read_odometer(reception, km, last_km=last_km, odometer_replaced=is_replaced, by=who.actor, at=now)
    reception.drafts = {name: value for name, value in reception.drafts.items() if name != "mileage_km"}


@get(f"{BASE}/marks", name="arrival_marks", sync_to_thread=True, opt=ROLES)
def show_marks(reception_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """The car with its marks, after a photo was taken."""
    reception = reception_for(who, db, reception_id)
    return Template("reception/arrivals/_car.html", context={**walk_context(db, reception, now, who), "is_swap": True})


@post(f"{BASE}/marks", name="arrival_mark", status_code=200, sync_to_thread=True, opt=ROLES)
def create_mark(reception_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Template:
    """Put a mark where the car is hurt."""
    reception = reception_for(who, db, reception_id)
    try:
        x, y = round(float(data["x"])), round(float(data["y"]))
    except (KeyError, ValueError) as error:
        raise Invalid("x", "This mark does not lie on the car. Tap it again.") from error
    mark = DamageMark(store_id=who.store_id, zone=str(data.get("zone", ""))[:30],
                      kind=str(data.get("kind", "")), x=x, y=y, remark="", number=0)
    rules.mark_damage(reception, mark, by=who.actor, at=now)
    db.flush()
    return Template("reception/arrivals/_car.html", context={**walk_context(db, reception, now, who), "is_swap": True})


@delete(f"{BASE}/marks/{{mark_id:uuid}}", name="arrival_unmark", status_code=200, sync_to_thread=True, opt=ROLES)
def delete_mark(reception_id: FromPath[UUID], mark_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """Take a wrong mark off."""
    reception = reception_for(who, db, reception_id)
    rules.unmark_damage(reception, mark_of(reception, mark_id), by=who.actor, at=now)
    return Template("reception/arrivals/_car.html", context={**walk_context(db, reception, now, who), "is_swap": True})


def mark_of(reception: Reception, mark_id: UUID) -> DamageMark:
    """One of this reception's marks."""
    mark = next((one for one in reception.damage_marks if one.id == mark_id), None)
    if mark is None:
        raise NotFound("This mark is no longer there.")
    return mark


@post(f"{BASE}/marks/{{mark_id:uuid}}/remark", name="arrival_mark_remark", status_code=200, sync_to_thread=True,
      opt=ROLES)
def update_mark(reception_id: FromPath[UUID], mark_id: FromPath[UUID], data: Form, db: Db, who: Who, now: Now) -> Template:
    """A few words beside a mark: how long, seen together with the customer."""
    reception = reception_for(who, db, reception_id)
    rules.refuse_unless_begun(reception)
    mark_of(reception, mark_id).remark = str(data.get("remark", "")).strip()[:80]
    reception.saved_at = now
    return Template("reception/arrivals/_saved.html", context={
        **walk_context(db, reception, now, who), "has_new_questions": False})


@post(f"{BASE}/walk", name="arrival_walked", sync_to_thread=True, opt=ROLES)
def create_walk(reception_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Redirect:
    """The walk is done; on to the customer's words."""
    reception = reception_for(who, db, reception_id)
    rules.walk_around(reception, by=who.actor, at=now)
    return Redirect(f"/reception/arrivals/{reception.id}/words", status_code=303)


ROUTES: list[Any] = [show_customer, show_walk, show_words, update_entries, create_symptom, update_odometer, show_marks,
                     create_mark, delete_mark, update_mark, create_walk]
