"""An add-on as a technician proposes it: priced from the catalogue at once, worded from the point, checked for doubles."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.workshop.add_on import AddOnStatus
from app.domain.workshop.customer_words import sentences, spec_of_car
from app.domain.workshop.inspection import Grade
from app.models.workshop import catalogue_queries, inspection_queries
from app.models.workshop.add_on import AddOn
from app.models.workshop.catalogue import Operation
from app.models.workshop.inspection import Finding, InspectionTemplate
from app.models.workshop.photo import Photo

URGENCY = {Grade.REPLACE: "must", Grade.WATCH: "recommended"}
OVER = (AddOnStatus.WITHDRAWN, AddOnStatus.DECLINED, AddOnStatus.DEFERRED)


def photo_count(db: Session, target_id: UUID) -> int:
    """How many photos a thing has, arrived or on their way."""
    statement = select(func.count()).where(Photo.target_id == target_id, Photo.detached_at.is_(None))
    return db.scalar(statement) or 0


def related_ids(db: Session, operation: Operation) -> list[str]:
    """The operations that need an answer when this one is proposed (AE-060)."""
    return [one.id for one, _reason in catalogue_queries.related(db, operation.store_id, operation)]


def canonical(db: Session, store_id: UUID, answers: list[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    """A phone's answers under the catalogue's own ids."""
    return [
        {"operation_id": catalogue_queries.operation(db, store_id, str(row.get("operation_id") or "")).id,
         "answer": str(row.get("answer") or ""), "by": by}
        for row in answers
    ]


def word_it(db: Session, add_on: AddOn, finding: Finding) -> None:
    """Fill the three sentences and the urgency from the finding's point, for an advisor to go over (R-CORE-20)."""
    add_on.urgency = URGENCY.get(finding.grade, "can_wait")
    template = db.get_one(InspectionTemplate, finding.inspection.template_id)
    known = inspection_queries.points(db, template.id)
    point = inspection_queries.point(db, finding.store_id, known, finding.point_id)
    if point is None or not point.get("customer") or finding.grade not in URGENCY:
        add_on.saw = finding.title or add_on.technical_text
        return
    words = sentences(
        point, template.content, grade=finding.grade, language="zh", value=finding.value, position=finding.position,
        spec=spec_of_car(point, finding.inspection.specs, finding.position),
    )
    add_on.saw, add_on.if_waits, add_on.we_would_do = words.saw, words.if_waits, words.we_would_do
    add_on.can_wait_text = words.can_wait


def double_of(db: Session, add_on: AddOn) -> AddOn | None:
    """The same work proposed before on this order and still standing (C10)."""
    statement = select(AddOn).where(
        AddOn.repair_order_id == add_on.repair_order.id, AddOn.operation_id == add_on.operation_id,
        AddOn.id != add_on.id, AddOn.removed_at.is_(None), AddOn.status.not_in(OVER),
    )
    return db.scalars(statement.order_by(AddOn.proposed_at).limit(1)).one_or_none()


def rule_for(db: Session, store_id: UUID, point_id: str) -> str | None:
    """The targeted check that asks for a point."""
    rules = catalogue_queries.content(db, store_id, "targeted_rule")
    return next((rule["id"] for rule in rules if point_id in rule["check_points"]), None)
