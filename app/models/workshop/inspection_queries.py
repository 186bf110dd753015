"""The inspection of an order: which template it is made from, its sheet as phones fill it, what was found last time."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.history import SYSTEM
from app.models.reception.repair_order import RepairOrder
from app.models.workshop.catalogue import ContentItem
from app.models.workshop.inspection import Finding, FindingAlias, Inspection, InspectionTemplate

Points = dict[str, dict[str, Any]]


def current_template(db: Session, store_id: UUID, kind: str = "general") -> InspectionTemplate:
    """The newest version of the store's list of points of a kind."""
    statement = (
        select(InspectionTemplate)
        .where(InspectionTemplate.store_id == store_id, InspectionTemplate.kind == kind)
        .order_by(InspectionTemplate.version.desc())
        .limit(1)
    )
    template = db.scalars(statement).one_or_none()
    if template is None:
        raise NotFound("This store has no inspection list of kind %(kind)s.", kind=kind)
    return template


def begin_inspection(db: Session, order: RepairOrder, at: datetime) -> Inspection:
    """The order's general inspection, laid out when it gets its first technician or its signature, whichever is first."""
    known = db.scalars(select(Inspection).where(Inspection.repair_order_id == order.id).limit(1)).one_or_none()
    if known:
        return known
    template = current_template(db, order.store_id)
    made = Inspection(store_id=order.store_id, repair_order=order, template=template, specs={}, made_at=at)
    db.add(made)
    made.note("inspection.made", by=SYSTEM, at=at)
    return made


@dataclass
class Sheet:
    """One inspection with its findings by place and by every id a phone may know them by."""

    inspection: Inspection
    points: Points
    by_id: dict[UUID, Finding] = field(default_factory=dict)
    by_place: dict[tuple[str, str], Finding] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        """One more finding on the sheet."""
        self.by_id[finding.id] = finding
        self.by_place[finding.point_id, finding.position] = finding

    def alias(self, db: Session, finding: Finding, other_id: UUID) -> None:
        """A phone calls it by another id; remembered, so that its photos and notes find it."""
        self.by_id[other_id] = finding
        db.add(FindingAlias(id=other_id, store_id=finding.store_id, finding_id=finding.id))


def sheet(db: Session, inspection: Inspection) -> Sheet:
    """The sheet of an inspection, in three questions however long it is."""
    filled = Sheet(inspection, points(db, inspection.template_id))
    for finding in db.scalars(select(Finding).where(Finding.inspection_id == inspection.id)):
        filled.add(finding)
    aliases = select(FindingAlias.id, FindingAlias.finding_id).join(Finding, Finding.id == FindingAlias.finding_id)
    for alias_id, finding_id in db.execute(aliases.where(Finding.inspection_id == inspection.id)):
        filled.by_id[alias_id] = filled.by_id[finding_id]
    return filled


_points: dict[UUID, Points] = {}


def points(db: Session, template_id: UUID) -> Points:
    """The points of a template by id; a template never changes, so they are read once a process."""
    if template_id not in _points:
        content = db.scalar(select(InspectionTemplate.content).where(InspectionTemplate.id == template_id)) or {}
        _points[template_id] = {point["id"]: point for point in content["points"]}
    return _points[template_id]


def point(db: Session, store_id: UUID, known: Points, point_id: str) -> dict[str, Any] | None:
    """A point of the list, or one that only targeted checks ask for."""
    if point_id in known:
        return known[point_id]
    item = db.get(ContentItem, (store_id, "point", point_id))
    return item.content if item else None


def finding_of(db: Session, finding_id: UUID) -> Finding | None:
    """A finding by its own id or by one a phone made for it."""
    found = db.get(Finding, finding_id)
    if found is None and (alias := db.get(FindingAlias, finding_id)):
        return db.get(Finding, alias.finding_id)
    return found
