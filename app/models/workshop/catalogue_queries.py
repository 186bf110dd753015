"""Questions to the catalogue: an operation by any of its names, a search, the parts and the rate it is priced with."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, case, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.workshop.catalogue import choose_part, in_trade_words, quantity_x100
from app.models.reception.vehicle import VehicleSeries
from app.models.workshop.catalogue import ContentItem, LabourRate, Operation, OperationAlias, Part

SHOWN = (
    Operation.id, Operation.name_zh, Operation.name_en, Operation.initials, Operation.business_line, Operation.trade,
    Operation.system, Operation.service_class, Operation.hours_x100, Operation.is_safety, Operation.default_payer,
    Operation.care_programme,
)


@dataclass(frozen=True)
class PricedPart:
    """A part for this car and how much of it (×100) one operation takes."""

    part: Part
    quantity_x100: int


def operation(db: Session, store_id: UUID, id_or_alias: str) -> Operation:
    """The store's operation of that id or alias; refused when there is none."""
    found = db.get(Operation, (store_id, id_or_alias)) or _by_alias(db, store_id, id_or_alias)
    if found is None:
        raise NotFound("The catalogue has no operation %(id)s.", id=id_or_alias)
    return found


def _by_alias(db: Session, store_id: UUID, alias: str) -> Operation | None:
    row = db.get(OperationAlias, (store_id, alias))
    return db.get(Operation, (store_id, row.operation_id)) if row else None


def operations(db: Session, store_id: UUID, ids: list[str]) -> list[Operation]:
    """The store's operations of these ids, in the order asked; ids it does not know are left out."""
    rows = db.scalars(select(Operation).where(Operation.store_id == store_id, Operation.id.in_(ids)))
    found = {row.id: row for row in rows}
    return [found[one] for one in ids if one in found]


def search(
    db: Session,
    store_id: UUID,
    text: str,
    business_line: str | None = None,
    limit: int = 30,
    after: tuple[int, str, str] | None = None,
) -> list[Row[Any]]:
    """Active operations whose name (汉字 of the trade or everyday, English) or pinyin initials hold the text, best first.

    Each row carries the catalogue's columns and `rank`; the next page starts `after` (rank, initials, id) of the last.
    """
    words = text.strip().lower()
    rank = _rank(words)
    statement = select(*SHOWN, rank.label("rank")).where(Operation.store_id == store_id, Operation.is_active)
    if words:
        statement = statement.where(_holds(words))
    if business_line:
        statement = statement.where(Operation.business_line == business_line)
    if after is not None:
        statement = statement.where(tuple_(rank, Operation.initials, Operation.id) > tuple_(*after))
    return list(db.execute(statement.order_by(rank, Operation.initials, Operation.id).limit(limit)))


def _rank(words: str) -> ColumnElement[int]:
    return case(
        (Operation.name_zh.startswith(words, autoescape=True), 0),
        (Operation.initials.startswith(words, autoescape=True), 1),
        else_=2,
    )


def _holds(words: str) -> ColumnElement[bool]:
    return or_(
        func.lower(Operation.name_zh).contains(words, autoescape=True),
        func.lower(Operation.name_zh).contains(in_trade_words(words), autoescape=True),
        func.lower(Operation.name_en).contains(words, autoescape=True),
        Operation.initials.contains(words, autoescape=True),
    )


def related(db: Session, store_id: UUID, of: Operation) -> list[tuple[Operation, dict[str, Any]]]:
    """The operations that must be answered when this one is proposed, each with its reason (AE-060)."""
    rows = {row["operation"]: row for row in of.facts["related"]}
    return [(one, rows[one.id]) for one in operations(db, store_id, list(rows))]


def choices(db: Session, store_id: UUID, of: Operation) -> list[Operation]:
    """Other operations the same finding may mean: front or rear, which oil; the advisor chooses."""
    return operations(db, store_id, of.facts.get("choices", {}).get("alternatives", []))


def priced_parts(db: Session, store_id: UUID, of: Operation, series_id: str | None) -> list[PricedPart]:
    """The parts of an operation for a car series: what fits it, the oil its maker allows, as much as it takes."""
    rows = of.facts["parts"]
    families = _families(db, store_id, {row["family"] for row in rows})
    series = db.get(VehicleSeries, series_id) if series_id else None
    oil = (series.facts.get("engine_oil") if series else None) or {}
    return [
        PricedPart(
            choose_part(families[row["family"]], row["part"], series_id, oil.get("viscosity", [])),
            quantity_x100(row, oil.get("capacity_ml")),
        )
        for row in rows
    ]


def _families(db: Session, store_id: UUID, names: set[str]) -> dict[str, list[Part]]:
    families: dict[str, list[Part]] = {name: [] for name in names}
    if names:
        statement = select(Part).where(Part.store_id == store_id, Part.family.in_(names), Part.is_active)
        for part in db.scalars(statement.order_by(Part.id)):
            families[part.family].append(part)
    return families


def labour_rate(db: Session, store_id: UUID, trade: str) -> LabourRate:
    """What an hour of a trade costs at this store."""
    rate = db.get(LabourRate, (store_id, trade))
    if rate is None:
        raise NotFound("No labour rate is set for %(trade)s.", trade=trade)
    return rate


def content(db: Session, store_id: UUID, kind: str) -> list[dict[str, Any]]:
    """All the store's content of a kind, in its order."""
    statement = select(ContentItem.content).where(ContentItem.store_id == store_id, ContentItem.kind == kind)
    return list(db.scalars(statement.order_by(ContentItem.position, ContentItem.id)))


def content_item(db: Session, store_id: UUID, kind: str, item_id: str) -> dict[str, Any]:
    """One piece of the store's content."""
    item = db.get(ContentItem, (store_id, kind, item_id))
    if item is None:
        raise NotFound("The shop's content has no %(kind)s %(id)s.", kind=kind, id=item_id)
    return item.content


def check_list(db: Session, store_id: UUID, service_class: str) -> dict[str, Any]:
    """The quality check list of a class of service (R-CORE-29); minor repair's where a class has none of its own."""
    lists = [row for row in content(db, store_id, "check_list") if row["id"].startswith("quality_check_")]
    by_class = {name: row for row in lists for name in row["applies_to_class"]}
    return by_class.get(service_class) or by_class["minor_repair"]
