"""Price a line of an order from the catalogue: standard hours at the posted rate, the parts that fit this car."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain.approval.pricing import LinePrice, PartPrice, minutes_for, price
from app.models.reception.order_line import OrderLine, OrderLinePart
from app.models.workshop import catalogue_queries
from app.models.workshop.catalogue import Operation

if TYPE_CHECKING:
    from app.models.reception.vehicle import Vehicle

NOT_ON_THE_ORDER = {"withdrawn", "declined", "deferred", "returned"}


def price_line(db: Session, line: OrderLine, operation: Operation, vehicle: "Vehicle") -> None:
    """Fill a line from an operation: names, hours, parts, price, guarantee; keeps a payer already chosen."""
    rate = catalogue_queries.labour_rate(db, operation.store_id, operation.trade)
    line.operation_id = operation.id
    line.title_zh, line.title_en = operation.name_zh, operation.name_en
    line.business_line, line.trade = operation.business_line, operation.trade
    line.system, line.service_class = operation.system, operation.service_class
    line.is_safety = operation.is_safety
    line.after_effect_zh = operation.facts.get("after_effect_zh", "")
    line.after_effect_en = operation.facts.get("after_effect_en", "")
    line.guarantee_days = operation.facts["guarantee"]["days"]
    line.guarantee_km = operation.facts["guarantee"]["km"]
    line.payer = line.payer or operation.default_payer
    line.hours_x100 = hours_beside(operation, operations_before(line))
    line.rate_fen = rate.rate_fen
    line.parts = order_parts(db, operation, vehicle)
    total_up(line)
    line.list_total_fen = line.total_fen


def total_up(line: OrderLine) -> None:
    """Labour, parts and total of a line from its own hours, rate, parts and discount."""
    parts = [PartPrice(part.quantity_x100, part.price_fen) for part in line.parts]
    found = price(line.hours_x100, line.rate_fen, parts, discount_fen=line.discount_fen or 0)
    line.labour_fen, line.parts_fen, line.total_fen = found.labour_fen, found.parts_fen, found.total_fen
    line.discount_fen = found.discount_fen
    line.extra_minutes = minutes_for(line.hours_x100)


def order_parts(db: Session, operation: Operation, vehicle: "Vehicle") -> list[OrderLinePart]:
    """The parts an operation takes on this car, at list price."""
    rows = catalogue_queries.priced_parts(db, operation.store_id, operation, vehicle.series_id)
    return [
        OrderLinePart(
            store_id=operation.store_id, position=position, part_id=row.part.id, part_no=row.part.part_no,
            name_zh=row.part.name_zh, name_en=row.part.name_en, part_class=row.part.part_class,
            unit_zh=row.part.unit_zh, quantity_x100=row.quantity_x100, price_fen=row.part.list_price_fen,
            amount_fen=PartPrice(row.quantity_x100, row.part.list_price_fen).amount_fen,
        )
        for position, row in enumerate(rows, 1)
    ]


def operations_before(line: OrderLine) -> set[str]:
    """What else is on the order before this line: work done once is charged once."""
    order = line.repair_order
    return {
        other.operation_id
        for other in (order.lines if order else ())
        if other is not line and other.operation_id and other.removed_at is None
        and getattr(other, "status", None) not in NOT_ON_THE_ORDER and comes_before(other, line)
    }


def comes_before(other: OrderLine, line: OrderLine) -> bool:
    """Work agreed at the desk comes first, then by position, then by birth."""
    if other.origin == "intake" or other.origin is None:
        return True
    return (other.position or 0, other.id) < (line.position or 0, line.id)


def hours_beside(operation: Operation, others: Iterable[str]) -> int:
    """Standard hours ×100 less what is saved beside work already on the order, never below zero."""
    on_order = set(others)
    saved = sum(row["saved_hours_x100"] for row in operation.facts["overlaps"] if row["operation"] in on_order)
    return max(0, int(operation.hours_x100 - saved))


def list_price(db: Session, store_id: UUID, operation: Operation, series_id: str | None) -> LinePrice:
    """What an operation costs on a car by the catalogue alone, e.g. the most a line may cost after dismantling."""
    rate = catalogue_queries.labour_rate(db, store_id, operation.trade)
    rows = catalogue_queries.priced_parts(db, store_id, operation, series_id)
    return price(operation.hours_x100, rate.rate_fen,
                 [PartPrice(row.quantity_x100, row.part.list_price_fen) for row in rows])
