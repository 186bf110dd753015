"""What the phones' lists are made from."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.workshop import catalogue_queries
from app.models.workshop.catalogue import ContentItem, Operation, OperationAlias
from app.models.workshop.inspection import InspectionTemplate


def newest_templates(db: Session, store_id: UUID) -> list[InspectionTemplate]:
    """The newest version of each kind of list."""
    statement = select(InspectionTemplate).where(InspectionTemplate.id.in_(newest_template_ids(db, store_id)))
    return list(db.scalars(statement))


def newest_template_ids(db: Session, store_id: UUID) -> list[UUID]:
    """The lists that new inspections are made from, one of each kind."""
    newest = (
        select(InspectionTemplate.kind, func.max(InspectionTemplate.version).label("version"))
        .where(InspectionTemplate.store_id == store_id)
        .group_by(InspectionTemplate.kind)
        .subquery()
    )
    statement = select(InspectionTemplate.id).join(
        newest,
        (InspectionTemplate.kind == newest.c.kind) & (InspectionTemplate.version == newest.c.version),
    )
    return list(db.scalars(statement.where(InspectionTemplate.store_id == store_id)))


def targeted_points(db: Session, store_id: UUID) -> list[dict[str, Any]]:
    """The points that the store's targeted checks name."""
    rules = catalogue_queries.content(db, store_id, "targeted_rule")
    wanted = {point_id for rule in rules for point_id in rule["check_points"]}
    statement = select(ContentItem.content).where(
        ContentItem.store_id == store_id, ContentItem.kind == "point", ContentItem.id.in_(wanted)
    )
    return list(db.scalars(statement.order_by(ContentItem.position)))


def zones(template: InspectionTemplate) -> list[dict[str, Any]]:
    """The zones of a template, in their order."""
    found: list[dict[str, Any]] = template.content.get("zones", [])
    return sorted(found, key=lambda zone: int(zone.get("order", 0)))


def active_operations(db: Session, store_id: UUID) -> list[Any]:
    """The catalogue as far as a bay needs it."""
    columns = (Operation.id, Operation.name_zh, Operation.name_en, Operation.initials, Operation.hours_x100,
               Operation.system, Operation.is_safety, Operation.facts)
    statement = select(*columns).where(Operation.store_id == store_id, Operation.is_active)
    return list(db.execute(statement.order_by(Operation.id)))


def aliases(db: Session, store_id: UUID) -> dict[str, str]:
    """Other ids for the same work, as inspection points use them."""
    statement = select(OperationAlias.alias, OperationAlias.operation_id).where(OperationAlias.store_id == store_id)
    return {row.alias: row.operation_id for row in db.execute(statement)}
