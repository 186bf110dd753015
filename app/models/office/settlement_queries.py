"""Building and freezing a settlement list."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.canonical import canonical, content_hash
from app.domain.office.settlement import agreed_fen, chargeable
from app.models.approval.approval import Approval, ApprovalLine
from app.models.office.numbers import next_number
from app.models.office.settlement import Settlement, SettlementLine
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


def frozen(settlement: Settlement, old_parts: str) -> tuple[str, str]:
    """The canonical content of the list and its hash."""
    order = settlement.repair_order
    payload = {
        "schema": "settlement/1",
        "number": settlement.number,
        "order": {"id": str(order.id), "number": order.number},
        "vehicle": {"plate": order.vehicle.plate, "vin": order.vehicle.vin, "mileage_km": order.mileage_km},
        "lines": [
            {"line_id": str(line.line_id or line.line.id), "title": line.line.title_zh, "payer": line.line.payer,
             "basis": line.basis, "agreed_fen": line.agreed_fen, "labour_fen": line.labour_fen,
             "parts_fen": line.parts_fen, "discount_fen": line.discount_fen, "charged_fen": line.charged_fen,
             "reason": line.reason}
            for line in settlement.lines
        ],
        "old_parts": old_parts,
        "total_fen": settlement.total_fen,
    }
    return canonical(payload), content_hash(payload)
