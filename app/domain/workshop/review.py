"""What the second person looks at before a proposal may go to the customer: evidence, words, doubles (R-CORE-18, 19)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.domain.errors import NotAllowed
from app.domain.workshop.inspection import Grade, earns_replace

if TYPE_CHECKING:
    from app.models.reception.order_line import OrderLine
    from app.models.workshop.add_on import AddOn
    from app.models.workshop.inspection import Finding

FREE_TIMES = 2  # AE-070: the third proposal on one system needs a supervisor
RECENTLY = timedelta(days=180)
WITHDRAWN = "withdrawn"


def lacking_evidence(add_on: "AddOn") -> list[str]:
    """`photo`, `value` or both: what a replace-now proposal has not earned yet (R-CORE-18)."""
    finding = add_on.finding
    if finding is None or finding.grade != Grade.REPLACE:
        return []
    return earns_replace(finding, point_of(finding), photo_count=len(finding.photos))


def point_of(finding: "Finding") -> Mapping[str, Any]:
    """The point of the list a finding stands at; one outside the list is only looked at."""
    points: list[dict[str, Any]] = finding.inspection.template.content["points"]
    return next((point for point in points if point["id"] == finding.point_id), {"kind": "observed"})


def refuse_without_evidence(add_on: "AddOn") -> None:
    """Raise while photo or value is missing."""
    lacking = lacking_evidence(add_on)
    if "photo" in lacking:
        raise NotAllowed("%(title)s is graded “replace”: a photo of this car is still missing.", title=add_on.title_zh)
    if "value" in lacking:
        raise NotAllowed("%(title)s is graded “replace”: the measured value is still missing.", title=add_on.title_zh)


def refuse_without_words(add_on: "AddOn") -> None:
    """Raise while one of the three sentences is empty (R-CORE-20, AE-058)."""
    if not all(text.strip() for text in (add_on.saw, add_on.if_waits, add_on.we_would_do)):
        raise NotAllowed("%(title)s: the three sentences for the customer are not all written.", title=add_on.title_zh)


def is_harsher_than_its_value(finding: "Finding | None") -> bool:
    """Whether the technician graded worse than the measured value says (R-CORE-19.2)."""
    if finding is None or finding.value is None or finding.proposed_grade is None:
        return False
    return finding.grade.severity > finding.proposed_grade.severity


def unanswered(related: Iterable[str], add_on: "AddOn") -> list[str]:
    """The related operations nobody has answered yet (AE-060)."""
    answered = {row["operation_id"] for row in add_on.related_answers or []}
    return [operation_id for operation_id in related if operation_id not in answered]


def time_on_system(add_on: "AddOn") -> int:
    """Which proposal on its system this is on this order: 2 is flagged, 3 needs a release (AE-070)."""
    if not add_on.system:
        return 1
    same = [other for other in add_on.repair_order.add_ons
            if other.system == add_on.system and other.status != WITHDRAWN]
    return 1 + sum(1 for other in same if other is not add_on and born(other) < born(add_on))


def born(add_on: "AddOn") -> tuple[Any, str]:
    """For counting: the earlier proposal first."""
    return (add_on.proposed_at.timestamp() if add_on.proposed_at else 0, str(add_on.id))


def doubles(add_on: "AddOn", history: Iterable["OrderLine"], *, at: datetime) -> list[tuple[str, "OrderLine"]]:
    """The same operation elsewhere: open on this order, put off before, or done not long ago (AE-058, R-CORE-19)."""
    found = []
    for line in history:
        if line.id == add_on.id or line.operation_id != add_on.operation_id:
            continue
        if kind := double_kind(add_on, line, at=at):
            found.append((kind, line))
    return found


def double_kind(add_on: "AddOn", line: "OrderLine", *, at: datetime) -> str:
    """`on_order`, `put_off` or `done_recently`; empty when it is no double."""
    status = getattr(line, "status", None)
    if line.repair_order_id == add_on.repair_order_id:
        return "" if status == WITHDRAWN or line.removed_at else "on_order"
    if status in ("deferred", "declined"):
        return "put_off"
    return "done_recently" if line.done_at and at - line.done_at < RECENTLY else ""
