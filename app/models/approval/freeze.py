"""Freeze an estimate: what the customer is shown becomes a row that can't change, with its hash."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.canonical import canonical, content_hash
from app.domain.approval import estimate as rules
from app.domain.approval.estimate_content import Stock, asked_fen, content, in_shown_order, signed_fen
from app.domain.history import Actor
from app.domain.workshop import add_on as add_on_rules
from app.domain.workshop.add_on import AddOnStatus
from app.models.approval.approval import ConsentText
from app.models.approval.estimate import Estimate, EstimateLine, EstimateVersion
from app.models.office.numbers import next_number
from app.models.office.store import Store
from app.models.reception.repair_order import RepairOrder
from app.models.workshop import catalogue_queries, pricing_queries
from app.models.workshop.add_on import AddOn
from app.models.workshop.catalogue import Part


def freeze(
    db: Session, estimate: Estimate, add_ons: Iterable[AddOn], *, by: Actor, at: datetime, reason: str
) -> EstimateVersion:
    """Present the add-ons and publish them as the next version; `reason` says what changed since the last."""
    lines = in_shown_order(add_ons)
    rules.refuse_unready(lines)
    order = estimate.repair_order
    store = db.get_one(Store, estimate.store_id)
    before = rules.promise_to_build_on(order, at=at)
    stock = stock_of(db, lines)
    version = EstimateVersion(
        store_id=estimate.store_id, estimate_id=estimate.id, version_no=len(estimate.versions) + 1,
        reason_of_change=reason.strip(), published_by_id=by.id, published_at=at, before_fen=signed_fen(order),
        total_fen=asked_fen(lines), promised_before=before,
        promised_after=rules.promised_after(before, minutes_today(lines, stock)),
        valid_until=rules.open_until(estimate.valid_until, at=at, hours=store.setting("estimate_valid_hours"),
                                     promised_at=before),
    )
    for line in lines:
        if line.status != AddOnStatus.PRESENTED:
            add_on_rules.present(line, by=by, at=at)
    payload = content(version, estimate, lines, store=store, consent=consent_text(db, store, "consent_link", at=at),
                      stock=stock, related=related_of(db, lines))
    version.payload = canonical(payload)
    version.content_sha256 = content_hash(version.payload)
    version.lines = [
        EstimateLine(store_id=estimate.store_id, add_on_id=line.id, position=shown["position"],
                     total_fen=shown["total_fen"], content=shown)
        for line, shown in zip(lines, payload["lines"], strict=True)
    ]
    rules.publish(estimate, version, by=by, at=at)
    db.flush()
    return version


def minutes_today(lines: Iterable[AddOn], stock: dict[UUID, Stock]) -> list[int]:
    """The minutes that make this visit longer: lines whose parts still have to come are booked for another day."""
    return [line.extra_minutes for line in lines if stock[line.id].in_stock]


def stock_of(db: Session, lines: Sequence[AddOn]) -> dict[UUID, Stock]:
    """For each line whether its parts are on the shelf, else the longest of their delivery days."""
    ids = {part.part_id for line in lines for part in line.parts if part.part_id}
    rows = db.execute(select(Part.id, Part.stock, Part.supplier_lead_days)
                      .where(Part.store_id == lines[0].store_id, Part.id.in_(ids))) if ids else ()
    shelf = {row.id: row for row in rows}
    return {line.id: line_stock(line, shelf) for line in lines}


def line_stock(line: AddOn, shelf: dict[str, Any]) -> Stock:
    """Stock of one line; a part the catalogue does not know counts as here, the person who typed it knows it."""
    short = [shelf[part.part_id].supplier_lead_days for part in line.parts
             if part.part_id in shelf and not part.is_from_customer
             and shelf[part.part_id].stock * 100 < part.quantity_x100]
    return Stock(in_stock=not short, wait_days=max(short, default=0))


def related_of(db: Session, lines: Sequence[AddOn]) -> dict[UUID, list[dict[str, Any]]]:
    """Every answered related operation by its name; one known only after dismantling with the most it can cost."""
    ids = {row["operation_id"] for line in lines for row in line.related_answers or []}
    operations = {one.id: one for one in catalogue_queries.operations(db, lines[0].store_id, sorted(ids))}
    return {
        line.id: [
            {"operation_id": row["operation_id"], "answer": row["answer"],
             "title": {"zh": operations[row["operation_id"]].name_zh, "en": operations[row["operation_id"]].name_en},
             "ceiling_fen": ceiling_fen(db, line, operations[row["operation_id"]], row["answer"])}
            for row in line.related_answers or [] if row["operation_id"] in operations
        ]
        for line in lines
    }


def ceiling_fen(db: Session, line: AddOn, operation: Any, answer: str) -> int | None:
    """The list price as the most it can cost, for work that shows itself only after dismantling."""
    if answer != "after_dismantling":
        return None
    series = line.repair_order.vehicle.series_id
    return pricing_queries.list_price(db, line.store_id, operation, series).total_fen


def consent_text(db: Session, store: Store, kind: str, *, at: datetime) -> ConsentText:
    """The row of the wording in force: one a version, made when it is first used."""
    body = catalogue_queries.content_item(db, store.id, "legal_text", kind)
    sha256 = content_hash(body)
    found = db.scalar(select(ConsentText).where(ConsentText.store_id == store.id, ConsentText.kind == kind,
                                                ConsentText.sha256 == sha256))
    if found is None:
        found = ConsentText(store_id=store.id, kind=kind, version=str(body["version"]), body=body, sha256=sha256,
                            valid_from=at)
        db.add(found)
        db.flush()
    return found


def current_round(order: RepairOrder) -> Estimate | None:
    """The estimate the order's open add-ons belong to; None when the next one begins a new round."""
    last = order.estimates[-1] if order.estimates else None
    if last and (last.status in (rules.EstimateStatus.DRAFT, rules.EstimateStatus.PUBLISHED) or reopened(last)):
        return last
    return None


def open_round(db: Session, order: RepairOrder, *, at: datetime, number: str = "") -> Estimate:
    """The same, begun and numbered when there is none yet."""
    if found := current_round(order):
        return found
    number = number or next_number(db, db.get_one(Store, order.store_id), "estimate", at)
    estimate = Estimate(store_id=order.store_id, repair_order_id=order.id, round_no=len(order.estimates) + 1,
                        number=number, status=rules.EstimateStatus.DRAFT, made_at=at)
    order.estimates.append(estimate)
    db.flush()
    return estimate


def reopened(estimate: Estimate) -> bool:
    """Whether a line already agreed on this estimate was taken back to be agreed again (AE-066)."""
    if estimate.status != rules.EstimateStatus.DECIDED or estimate.current is None:
        return False
    shown = {line.add_on_id for line in estimate.current.lines}
    return any(one.id in shown and one.status == AddOnStatus.REVIEWED for one in estimate.repair_order.add_ons)
