"""What phones say of the inspection: begun, this point is so, all of this look is fine, a note, a figure of the car, done."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from app.domain.errors import NotAllowed
from app.domain.workshop import inspection as rules
from app.domain.workshop.customer_words import spec_of_car
from app.domain.workshop.inspection import Grade
from app.domain.workshop.mutation import Applied, Malformed, Superseded
from app.models.office.store import Store
from app.models.workshop import inspection_queries
from app.models.workshop.inspection import Finding, FindingNote, Reading
from app.models.workshop.inspection_queries import Sheet
from app.routes.sync.desk import Desk, Mutation, as_uuid

LATE = "Added after the order was closed. The advisor sees it."


def start(desk: Desk, mutation: Mutation) -> Applied:
    """`insp.start`: the technician begins."""
    inspection = desk.sheet(mutation).inspection
    if inspection.started_at:
        raise Superseded
    rules.begin(inspection, by=desk.actor(mutation), at=mutation.at)
    return Applied({})


def set_item(desk: Desk, mutation: Mutation) -> Applied:
    """`insp.item_set`: one point is graded, perhaps measured, or left out for a reason."""
    finding = taken(desk, mutation, mutation.args, grade=grade_of(mutation), value=mutation.number("value"))
    return found(desk, mutation, [finding], {"finding": str(finding.id), "two_readings": finding.has_two_readings})


def set_look(desk: Desk, mutation: Mutation) -> Applied:
    """`insp.look_set`: one glance over several points, all fine."""
    items = mutation.args.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise Malformed("items")
    findings = [taken(desk, mutation, item, grade=Grade.GOOD, value=None) for item in items]
    return found(desk, mutation, findings, {"findings": [str(finding.id) for finding in findings]})


def taken(desk: Desk, mutation: Mutation, item: dict[str, Any], *, grade: Grade, value: float | None) -> Finding:
    """One reading on the sheet, graded by the template at the shop as on the phone."""
    sheet = desk.sheet(mutation)
    point_id, position = str(item.get("item") or ""), str(item.get("position") or "")
    point = inspection_queries.point(desk.db, desk.store_id, sheet.points, point_id)
    finding = placed(desk, mutation, sheet, as_uuid(item.get("finding"), "finding"), point_id, position)
    if point is None:  # from a list this shop never had: kept as what the technician saw, never mapped by guess (C18)
        finding.is_off_template, finding.title = True, finding.title or point_id
        proposed = None
    else:
        finding.unit = point.get("unit") or ""
        spec = spec_of_car(point, sheet.inspection.specs, position)
        proposed = rules.propose_grade(point, value, spec)
    reading = made_reading(desk, mutation, finding, grade, value)
    rules.take(finding, reading, proposed=proposed, base_rev=mutation.base_rev,
               reason=mutation.text("not_checked_reason"), by=desk.actor(mutation), at=mutation.at)
    mark(desk, mutation, sheet, finding)
    return finding


def placed(
    desk: Desk, mutation: Mutation, sheet: Sheet, finding_id: UUID, point_id: str, position: str, **facts: Any
) -> Finding:
    """The finding of a place; the id a second phone made for the same place becomes another name of it."""
    known = sheet.by_id.get(finding_id) or sheet.by_place.get((point_id, position))
    if known is None:
        order = desk.order(mutation)
        known = Finding(
            id=finding_id, store_id=desk.store_id, inspection_id=sheet.inspection.id, repair_order_id=order.id,
            vehicle_id=order.vehicle_id, point_id=point_id, position=position, mileage_km=order.mileage_km,
            grade=Grade.NOT_CHECKED, has_two_readings=False, rev=0, is_late=False,
            moment=mutation.text("moment") or "maintenance", **facts,
        )
        desk.db.add(known)
        sheet.add(known)
    elif finding_id not in sheet.by_id:
        sheet.alias(desk.db, known, finding_id)
    return known


def made_reading(
    desk: Desk, mutation: Mutation, finding: Finding, grade: Grade, value: float | None
) -> Reading:
    """The reading as it was taken; every one is kept (C3)."""
    return Reading(
        store_id=desk.store_id, grade=grade, value=value, differ_reason=mutation.text("differ_reason"),
        taken_by_id=mutation.author, device_id=mutation.device_id, taken_at=mutation.at, received_at=desk.now,
        template_version=mutation.tmpl_v,
    )


def grade_of(mutation: Mutation) -> Grade:
    """The grade a mutation gives."""
    try:
        return Grade(mutation.text("rating"))
    except ValueError as error:
        raise Malformed("rating") from error


def mark(desk: Desk, mutation: Mutation, sheet: Sheet, finding: Finding) -> None:
    """Late findings are kept and marked: after the order was closed (C6), or after a colleague had finished (C17)."""
    inspection = sheet.inspection
    is_after_completion = inspection.finished_at is not None and inspection.finished_by_id != mutation.author
    if desk.order(mutation).status.is_over or is_after_completion:
        finding.is_late = True
    desk.read_findings.append(finding.id)


def found(desk: Desk, mutation: Mutation, findings: list[Finding], result: dict[str, Any]) -> Applied:
    """How it went, with the word for a late one (C6)."""
    made = tuple(f"finding:{finding.id}" for finding in findings)
    if desk.order(mutation).status.is_over:
        return Applied(result, made=made, code="late", message=LATE)
    return Applied(result, made=made)


def add_note(desk: Desk, mutation: Mutation) -> Applied:
    """`insp.note_add`: words are only ever added (C4)."""
    text = mutation.text("text")
    if not text:
        raise NotAllowed("The note is empty.")
    finding = desk.finding(mutation, mutation.id("finding"))
    write_note(desk, mutation, finding, mutation.id("note"), text)
    finding.note("finding.noted", by=desk.actor(mutation), at=mutation.at, point=finding.point_id, text=text)
    return Applied({})


def write_note(desk: Desk, mutation: Mutation, finding: Finding, note_id: UUID, text: str) -> None:
    """The words with their author and time."""
    if desk.db.get(FindingNote, note_id):
        raise Superseded
    by = desk.actor(mutation)
    desk.db.add(FindingNote(id=note_id, store_id=desk.store_id, finding=finding, text=text, by_id=by.id,
                            by_name=by.name, at=mutation.at))


def add_finding(desk: Desk, mutation: Mutation) -> Applied:
    """`finding.add`: something the list does not ask for."""
    sheet, finding_id = desk.sheet(mutation), mutation.id("finding")
    title = mutation.text("title", limit=120)
    if not title:
        raise NotAllowed("Say in a few words what you found.")
    finding = placed(desk, mutation, sheet, finding_id, f"other:{finding_id}", "", title=title,
                     zone=mutation.text("zone", limit=60), is_off_template=True)
    reading = made_reading(desk, mutation, finding, grade_of(mutation), None)
    rules.take(finding, reading, proposed=None, base_rev=mutation.base_rev, by=desk.actor(mutation), at=mutation.at)
    mark(desk, mutation, sheet, finding)
    if text := mutation.text("text"):
        write_note(desk, mutation, finding, finding_id, text)
    return found(desk, mutation, [finding], {"finding": str(finding.id)})


def set_spec(desk: Desk, mutation: Mutation) -> Applied:
    """`insp.spec_set`: a figure of this very car, read from its label."""
    value = mutation.number("value")
    if value is None:
        raise Malformed("value")
    inspection = desk.sheet(mutation).inspection
    rules.read_spec(inspection, mutation.text("spec", limit=80), value, by=desk.actor(mutation), at=mutation.at)
    return Applied({})


def complete(desk: Desk, mutation: Mutation) -> Applied:
    """`insp.complete`: the technician is through."""
    inspection = desk.sheet(mutation).inspection
    if inspection.finished_at:
        raise Superseded
    minutes = desk.db.get_one(Store, desk.store_id).setting("free_check_minutes")
    rules.complete(inspection, expected=timedelta(minutes=minutes), by=desk.actor(mutation), at=mutation.at)
    return Applied({"too_fast": inspection.was_too_fast})


HANDLERS = {
    "insp.start": start,
    "insp.item_set": set_item,
    "insp.look_set": set_look,
    "insp.note_add": add_note,
    "insp.spec_set": set_spec,
    "insp.complete": complete,
    "finding.add": add_finding,
}
