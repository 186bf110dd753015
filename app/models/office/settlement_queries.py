"""Building and freezing a settlement list."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.canonical import canonical, content_hash
from app.domain.office import settlement_content
from app.domain.office.settlement import agreed_fen, chargeable
from app.models.approval.approval import Approval, ApprovalLine
from app.models.office import document_queries
from app.models.office.numbers import next_number
from app.models.office.settlement import Settlement, SettlementLine
from app.models.office.staff import Staff
from app.models.office.store import Store
from app.models.reception.order_line import OrderLine
from app.models.reception.repair_order import RepairOrder


def draw_up(db: Session, order: RepairOrder, *, at: datetime) -> Settlement:
    """A list with every agreed and finished line, each beside the paper that agreed it."""
    store = db.get_one(Store, order.store_id)
    bases = approval_numbers(db, order)
    number, agreed = next_number(db, store, "settlement", at), chargeable(order)
    settlement = Settlement(
        store_id=order.store_id, repair_order_id=order.id, number=number,
        labour_fen=0, parts_fen=0, discount_fen=0, total_fen=0, payload="", content_sha256="", old_parts="",
    )
    settlement.lines = [settlement_line(line, position, bases) for position, line in enumerate(agreed, 1)]
    order.settlement = settlement
    db.add(settlement)
    return settlement


def settlement_line(line: OrderLine, position: int, bases: dict[Any, str]) -> SettlementLine:
    """One line charged as it was agreed."""
    contract = line.repair_order.contracts[-1].number if line.repair_order.contracts else ""
    agreed = agreed_fen(line) or 0
    return SettlementLine(
        store_id=line.store_id, line=line, position=position, basis=bases.get(line.id, contract), agreed_fen=agreed,
        labour_fen=line.labour_fen, parts_fen=line.parts_fen, discount_fen=line.discount_fen, charged_fen=agreed,
        reason="",
    )


def approval_numbers(db: Session, order: RepairOrder) -> dict[Any, str]:
    """For each add-on the number of the paper on which it was agreed last."""
    rows = db.execute(
        select(ApprovalLine.add_on_id, Approval.number).join(Approval, Approval.id == ApprovalLine.approval_id)
        .where(Approval.repair_order_id == order.id, ApprovalLine.decision == "approved").order_by(Approval.decided_at)
    ).all()
    return {row.add_on_id: row.number for row in rows}


def frozen(db: Session, settlement: Settlement, *, old_parts: str, at: datetime) -> tuple[str, str]:
    """The canonical content of the list and its hash."""
    order_id = settlement.repair_order.id
    hands = settlement_content.Hands(
        clerk=db.get_one(Staff, settlement.prepared_by_id).name,
        checker=document_queries.last_inspector(db, order_id),
        by_phone=document_queries.phone_approvals(db, order_id),
    )
    store = db.get_one(Store, settlement.store_id)
    content = settlement_content.content(settlement, store=store, old_parts=old_parts, hands=hands, at=at)
    return canonical(content), content_hash(content)
