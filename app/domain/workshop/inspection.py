"""An inspection (检查): what a value means, when a finding stands, when the list is complete."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from app.domain.errors import NotAllowed
from app.domain.history import Actor

if TYPE_CHECKING:
    from app.models.workshop.inspection import Finding, Inspection, Reading


class Grade(StrEnum):
    """正常 留意 需更换 没查: the same four words at every desk (decision 23)."""

    GOOD = "good"
    WATCH = "watch"
    REPLACE = "replace"
    NOT_CHECKED = "not_checked"

    @property
    def severity(self) -> int:
        """For showing the worse of two readings first."""
        return {"not_checked": 0, "good": 1, "watch": 2, "replace": 3}[self.value]


GRADED = (Grade.GOOD, Grade.WATCH, Grade.REPLACE)


def in_range(value: float, bounds: Mapping[str, float]) -> bool:
    """Whether a value lies in one {gt, gte, lt, lte} range."""
    tests = {"gt": value.__gt__, "gte": value.__ge__, "lt": value.__lt__, "lte": value.__le__}
    return all(tests[key](float(bound)) is True for key, bound in bounds.items())


def compared(point: Mapping[str, Any], value: float, spec: float | None) -> float | None:
    """The value in the unit its thresholds are in: itself, a share of the car's own figure, or the difference."""
    mode = (point.get("compare") or {}).get("mode", "absolute")
    if mode == "absolute":
        return value
    if spec is None or not spec:
        return None
    return value * 100 / spec if mode == "percent_of_spec" else value - spec


def propose_grade(point: Mapping[str, Any], value: float | None, spec: float | None = None) -> Grade | None:
    """The grade the template gives a value; None where no number decides (R-CORE-12)."""
    if value is None or point["kind"] != "measured":
        return None
    figure = compared(point, value, spec)
    if figure is None:
        return None
    figure = round(figure, 6)
    for grade in (Grade.REPLACE, Grade.WATCH, Grade.GOOD):
        if any(in_range(figure, bounds) for bounds in point["thresholds"][grade.value]):
            return grade
    return None


def record(finding: "Finding", reading: "Reading", *, proposed: Grade | None, by: Actor, at: datetime) -> None:
    """Take a reading; a grade other than the proposed one needs its reason, a later one replaces an earlier (C2)."""
    if reading.grade == Grade.NOT_CHECKED and not finding.not_checked_reason.strip():
        raise NotAllowed("Say why this point was not checked.")
    if proposed and reading.grade in GRADED and reading.grade != proposed and not reading.differ_reason.strip():
        raise NotAllowed("The value says %(proposed)s. Say why you grade it %(grade)s.",
                         proposed=proposed, grade=reading.grade)
    finding.readings.append(reading)
    finding.grade = reading.grade
    finding.value = reading.value
    finding.proposed_grade = proposed
    finding.differ_reason = reading.differ_reason
    finding.taken_by_id = reading.taken_by_id
    finding.taken_at = reading.taken_at
    finding.note("finding.recorded", by=by, at=at, point=finding.point_id, position=finding.position,
                 grade=reading.grade, value=reading.value)


def take(finding: "Finding", reading: "Reading", *, proposed: Grade | None, base_rev: int, reason: str = "",
         by: Actor, at: datetime) -> None:
    """Take a reading from a phone that had last seen revision `base_rev`; what it could not see is not overruled (C1)."""
    other = unseen_reading(finding, reading, base_rev)
    was_settled = finding.has_two_readings and base_rev >= finding.rev
    finding.not_checked_reason = reason if reading.grade == Grade.NOT_CHECKED else ""
    record(finding, reading, proposed=proposed, by=by, at=at)
    if was_settled:
        finding.has_two_readings = False  # who graded it again had both before their eyes
    if other is not None:
        keep_the_worse(finding, other)


def unseen_reading(finding: "Finding", reading: "Reading", base_rev: int) -> "Reading | None":
    """Another person's last reading that this one's author had not seen and disagrees with."""
    if finding.taken_by_id in (None, reading.taken_by_id) or base_rev >= (finding.rev or 0):
        return None
    others = [row for row in finding.readings if row.taken_by_id != reading.taken_by_id and row.grade in GRADED]
    if not others or reading.grade not in GRADED:
        return None
    return others[-1] if others[-1].grade != reading.grade or are_apart(others[-1].value, reading.value) else None


def are_apart(one: float | None, other: float | None) -> bool:
    """Whether two values of one thing differ by more than a tenth: more than two hands and two gauges explain (C3)."""
    return one is not None and other is not None and abs(one - other) > 0.1 * max(abs(one), abs(other))


def keep_the_worse(finding: "Finding", other: "Reading") -> None:
    """Two technicians disagree without having seen each other: show the worse until someone confirms (C1)."""
    finding.has_two_readings = True
    if other.grade.severity > finding.grade.severity:
        show(finding, other)


def show(finding: "Finding", reading: "Reading") -> None:
    """Let one of its readings be what the finding says."""
    finding.grade, finding.value = reading.grade, reading.value
    finding.differ_reason = reading.differ_reason
    finding.taken_by_id, finding.taken_at = reading.taken_by_id, reading.taken_at


def confirm(finding: "Finding", reading: "Reading", *, by: Actor, at: datetime) -> None:
    """Somebody went to the car and says which of two readings holds."""
    if not finding.has_two_readings:
        raise NotAllowed("There is only one reading here, nothing to decide.")
    show(finding, reading)
    finding.has_two_readings = False
    finding.note("finding.confirmed", by=by, at=at, point=finding.point_id, position=finding.position,
                 grade=finding.grade, value=finding.value)


def begin(inspection: "Inspection", *, by: Actor, at: datetime) -> None:
    """A technician begins to look the car over."""
    if inspection.started_at:
        raise NotAllowed("This inspection has already begun.")
    inspection.started_at = at
    inspection.note("inspection.begun", by=by, at=at)


def read_spec(inspection: "Inspection", spec: str, value: float, *, by: Actor, at: datetime) -> None:
    """A figure of this very car, read from its label or its part, by which others are judged."""
    inspection.specs = {**inspection.specs, spec: value}
    inspection.note("inspection.spec_read", by=by, at=at, spec=spec, value=value)


def complete(inspection: "Inspection", *, expected: timedelta, by: Actor, at: datetime) -> None:
    """The technician is through; a list filled implausibly fast is marked, not refused (C-06, AE-048)."""
    if inspection.finished_at:
        raise NotAllowed("This inspection is already complete.")
    inspection.finished_at = at
    inspection.finished_by_id = by.id
    took = at - (inspection.started_at or at)
    inspection.was_too_fast = took < expected / 2
    inspection.note("inspection.completed", by=by, at=at, minutes=int(took.total_seconds() // 60),
                    expected=int(expected.total_seconds() // 60), too_fast=inspection.was_too_fast)


def earns_replace(finding: "Finding", point: Mapping[str, Any], *, photo_count: int) -> list[str]:
    """What evidence a replace-now grade still lacks before it may be presented (R-CORE-18)."""
    evidence = point.get("evidence") or {}
    lacking = []
    if photo_count < max(1, int(evidence.get("photos_min_replace", 1))):
        lacking.append("photo")
    if point["kind"] == "measured" and finding.value is None:
        lacking.append("value")
    return lacking
