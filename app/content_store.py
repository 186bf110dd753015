"""Fill a new store with the starter content of `app/content/`; what the store already has stays as it is."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from app.content_rows import (
    Rows,
    alias_rows,
    content_rows,
    general_template,
    operation_rows,
    part_rows,
    rate_rows,
    series_rows,
)
from app.models.base import Base, new_id
from app.models.office.store import Store
from app.models.reception.vehicle import VehicleSeries
from app.models.workshop.catalogue import ContentItem, LabourRate, Operation, OperationAlias, Part
from app.models.workshop.inspection import InspectionTemplate


def load(db: Session, store: Store, at: datetime) -> dict[str, int]:
    """Give a store its catalogue, its words and its inspection list; returns how many rows of each were new."""
    return {
        "series": _add(db, VehicleSeries, series_rows()),
        "operations": _add(db, Operation, operation_rows(store.id)),
        "aliases": _add(db, OperationAlias, alias_rows(store.id)),
        "parts": _add(db, Part, part_rows(store.id)),
        "rates": _add(db, LabourRate, rate_rows(store.id)),
        "content": _add(db, ContentItem, content_rows(store.id)),
        "templates": _add_general_template(db, store.id, at),
    }


def _add(db: Session, model: type[Base], rows: Rows) -> int:
    table: Table = model.__table__  # type: ignore[assignment]
    key = [column.name for column in table.primary_key]
    db.flush()
    known = {tuple(row) for row in db.execute(select(*table.primary_key))}
    new = [row for row in rows if tuple(row[name] for name in key) not in known]
    if new:
        db.execute(insert(model), new)
    return len(new)


def _add_general_template(db: Session, store_id: UUID, at: datetime) -> int:
    statement = select(InspectionTemplate.id).where(
        InspectionTemplate.store_id == store_id, InspectionTemplate.kind == "general"
    )
    if db.scalar(statement.limit(1)):
        return 0
    db.add(
        InspectionTemplate(
            id=new_id(), store_id=store_id, kind="general", version=1, name_zh="全车检查", name_en="Whole-car check",
            content=general_template(), made_at=at,
        )
    )
    db.flush()
    return 1
