"""An order as the bay shows it: whole, without prices, without a customer's phone or address (offline.md §2.10)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app import languages
from app.domain.errors import NotAllowed
from app.domain.reception.repair_order import OrderStatus
from app.domain.reception.vehicle import shown_plate
from app.domain.workshop.targeted import matching
from app.domain.workshop.work import WorkStatus, refuse_without_consent
from app.models.reception.order_line import OrderLine
from app.models.reception.repair_order import RepairOrder
from app.models.workshop.add_on import AddOn
from app.models.workshop.bay_queries import BayOrders
from app.models.workshop.inspection import Finding, Inspection
from app.models.workshop.photo import Photo
from app.models.workshop.targeted_queries import car_of

LEAVES_PHONES_AFTER = timedelta(hours=48)
LIGHT_COMMERCIAL = ("van", "pickup", "light_truck", "minibus")
FREE_MINUTES = 30


def is_for_phones(order: RepairOrder, now: datetime) -> bool:
    """Whether a car is still on phones: two days after it left it is not."""
    over_since = order.delivered_at if order.status == OrderStatus.DELIVERED else None
    return over_since is None or now - over_since < LEAVES_PHONES_AFTER


def moment(at: datetime | None) -> str | None:
    """ISO 8601 with its offset."""
    return at.isoformat() if at else None


def order_doc(order: RepairOrder, around: BayOrders, rules: list[dict[str, Any]], today: date) -> dict[str, Any]:
    """The whole aggregate of one order."""
    vehicle = order.vehicle
    series = vehicle.series
    active = [row.technician for row in order.assignments if row.ended_at is None]
    return {
        "id": str(order.id), "number": order.number, "status": order.status, "plate": vehicle.plate,
        "plate_shown": shown_plate(vehicle.plate), "model": vehicle.model_name,
        "powertrain": series.powertrain if series else None, "series": vehicle.series_id,
        "vehicle_class": "light_commercial" if series and series.body in LIGHT_COMMERCIAL else "passenger",
        "mileage_km": order.mileage_km, "bay": order.bay, "promised_at": moment(order.promised_at),
        "advisor": {"name": order.advisor.name}, "customer_words": order.reception.customer_words,
        "customer_name_masked": order.customer.name[:1] + (order.customer.title or "**"),
        "signed": order.signed_at is not None, "is_emergency": order.is_emergency, "gone": False,
        "done_at": moment(order.ready_at or order.delivered_at),
        "technicians": [{"id": str(one.id), "name": one.name} for one in active],
        "lines": [line_doc(line, around) for line in order.lines],
        "inspections": [inspection_doc(sheet, around) for sheet in order.inspections],
        "targeted": [targeted_doc(rule) for rule in matching(rules, car_of(vehicle, today, ()), today)],
        "last_visit": around.last_visits.get(order.id),
        "open_declined": [declined_doc(row) for row in around.open_declined.get(order.id, ())],
        "car_photo": photo_id(around.car_photos.get(order.reception_id)),
    }


def photo_id(found: UUID | None) -> str | None:
    """The walk-round picture, the head of the card."""
    return str(found) if found else None


def targeted_doc(rule: Any) -> dict[str, Any]:
    """A targeted check this car calls for (D-01)."""
    return {"rule_id": rule["id"], "title": rule["title"], "what": rule["what"], "points": rule["check_points"]}


def declined_doc(row: Any) -> dict[str, Any]:
    """Work that was said before and not done."""
    return {"id": str(row.id), "title": row.title_zh, "title_en": row.title_en or row.title_zh,
            "at": moment(row.decided_at or row.proposed_at), "text": row.saw or ""}


def line_doc(line: OrderLine, around: BayOrders) -> dict[str, Any]:
    """One line of work: may it be started, by whom is it done, with what."""
    reason = why_not(line)
    running = [log for log in line.work_logs if log.ended_at is None]
    ended = [log for log in line.work_logs if log.ended_at is not None]
    doc = {
        "id": str(line.id), "origin": line.origin, "operation_id": line.operation_id, "title": line.title_zh,
        "title_en": line.title_en or line.title_zh, "hours_x100": line.hours_x100, "system": line.system,
        "work_status": "removed" if line.removed_at else line.work_status, "startable": reason is None, "reason": reason,
        "running_since": moment(running[0].started_at) if running else None,
        "running_by": str(running[0].technician_id) if running else None,
        "started_at": moment(line.work_logs[0].started_at) if line.work_logs else None,
        "finished_at": moment(line.done_at) if line.work_status == WorkStatus.DONE else None,
        "spent_minutes": sum(int((log.ended_at - log.started_at).total_seconds() // 60) for log in ended if log.ended_at),
        "pause_reason": ended[-1].pause_reason if ended and line.work_status == WorkStatus.PAUSED else "",
        "steps": around.steps.get(line.operation_id or "", []),
        "parts": [{"name": part.name_zh, "name_en": part.name_en, "quantity_x100": part.quantity_x100,
                   "unit": part.unit_zh, "issued": part.issued_at is not None} for part in line.parts],
        "photos": photo_docs(around.photos.get(line.id, ()), around),
    }
    return doc | add_on_doc(line, around) if isinstance(line, AddOn) else doc


def why_not(line: OrderLine) -> str | None:
    """Why work may not start on a line, in the reader's language; None when it may."""
    if line.removed_at or line.work_status == WorkStatus.REMOVED:
        return languages.translate("Taken off the order")
    try:
        refuse_without_consent(line)
    except NotAllowed as refusal:
        return languages.sentence(refusal.message, refusal.facts)
    return None


def add_on_doc(line: AddOn, around: BayOrders) -> dict[str, Any]:
    """What an add-on says beyond a line: where it stands with the customer, never what it costs."""
    return {
        "status": line.status, "kind": line.kind, "urgency": line.urgency, "text": line.technical_text or "",
        "finding_id": str(line.finding_id) if line.finding_id else None, "return_reason": line.return_reason or "",
        "decline_reason": line.decline_reason or "", "proposed_at": moment(line.proposed_at),
        "proposed_by": {"id": str(line.proposed_by_id), "name": around.proposers.get(line.proposed_by_id, "")}
        if line.proposed_by_id else None,
        "reviewed_at": moment(line.reviewed_at), "sent_at": moment(line.presented_at),
        "seen_at": moment(around.seen_at.get(line.id)), "decided_at": moment(line.decided_at),
        "approved_at": moment(line.decided_at) if line.approved_fen is not None else None,
        "related": [{"operation_id": row["operation_id"], "answer": row["answer"]} for row in line.related_answers or []],
        "possible_duplicate_of": str(line.possible_duplicate_of_id) if line.possible_duplicate_of_id else None,
    }


def inspection_doc(sheet: Inspection, around: BayOrders) -> dict[str, Any]:
    """One check with all that was found."""
    template = around.templates[sheet.template_id]
    return {
        "id": str(sheet.id), "template": str(sheet.template_id), "template_version": template.version,
        "specs": sheet.specs, "started_at": moment(sheet.started_at), "finished_at": moment(sheet.finished_at),
        "too_fast": sheet.was_too_fast, "free_minutes": FREE_MINUTES,
        "findings": [finding_doc(finding, around) for finding in sheet.findings],
    }


def finding_doc(finding: Finding, around: BayOrders) -> dict[str, Any]:
    """What stands at one point now."""
    return {
        "id": str(finding.id), "point": finding.point_id, "position": finding.position, "grade": finding.grade,
        "value": finding.value, "unit": finding.unit, "proposed": finding.proposed_grade,
        "differ_reason": finding.differ_reason, "not_checked_reason": finding.not_checked_reason,
        "taken_at": moment(finding.taken_at), "two_readings": finding.has_two_readings, "late": finding.is_late,
        "taken_by": {"id": str(finding.taken_by_id), "name": finding.taken_by.name} if finding.taken_by else None,
        "title": finding.title, "zone": finding.zone, "rev": finding.rev,
        "notes": [{"id": str(note.id), "text": note.text, "by": note.by_name, "at": moment(note.at)}
                  for note in finding.notes],
        "photos": photo_docs(around.photos.get(finding.id, ()), around),
    }


def photo_docs(photos: Iterable[Photo], around: BayOrders) -> list[dict[str, Any]]:
    """Pictures, with whether their bytes have arrived."""
    return [
        {"id": str(photo.id), "sha256": photo.received_sha256, "state": "stored" if photo.blob_sha256 else "pending",
         "taken_at": moment(photo.taken_at), "marks": photo.marks, "target": photo.target,
         "by": around.proposers.get(photo.taken_by_id, "") if photo.taken_by_id else ""}
        for photo in photos
    ]


def left_doc(doc: dict[str, Any], order: RepairOrder) -> dict[str, Any]:
    """The order for a technician who was taken off it: whose it is now (C11)."""
    return doc | {"gone": True, "moved_to": "、".join(one["name"] for one in doc["technicians"]) or order.advisor.name}

