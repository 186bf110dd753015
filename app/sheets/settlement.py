"""机动车维修费用结算清单: the confirmed list, labour and material apart, each beside the paper that agreed it."""

from typing import Any

from app.domain.workshop.add_on import AddOnStatus
from app.models.office import document_queries
from app.models.office.settlement import Settlement
from app.models.office.staff import Staff
from app.models.office.store import Store
from app.models.reception.order_line import OrderLine
from app.models.reception.repair_order import RepairOrder
from app.sheets.frozen import Frozen, thaw
from app.sheets.sheet import Desk, Sheet, store_of
from app.sheets.words import tax_in

TAX_PERCENT = 13  # repair and parts, general taxpayer (rates.json, to be confirmed by the accountant)


def sheet(desk: Desk) -> Sheet:
    """Amounts from the frozen list; hours and parts from the lines it names."""
    settlement = desk.db.get_one(Settlement, desk.document.subject_id)
    content = thaw(settlement.payload)
    order = settlement.repair_order
    rows = charged_rows(content, order)
    return Sheet(
        template="documents/settlement.html",
        store=store_of(content, desk.db.get_one(Store, settlement.store_id)),
        version_no=1,
        context={
            "content": content, "settlement": settlement, "order": order, "rows": rows, "parts": part_rows(rows),
            "sums": sums(rows), "tax_percent": TAX_PERCENT, "tax_fen": tax_in(settlement.total_fen, TAX_PERCENT),
            "advice": advice(order), "cheaper": [row for row in rows if row["charged_fen"] < row["agreed_fen"]],
            "by_phone": document_queries.phone_approvals(desk.db, order.id),
            "clerk": desk.db.get_one(Staff, settlement.prepared_by_id).name,
            "checker": document_queries.last_inspector(desk.db, order.id),
            "rates": sorted({row["line"].rate_fen for row in rows if row["line"].rate_fen}),
        },
        evidence={"content": thaw(settlement.payload), "content_sha256": settlement.content_sha256,
                  "confirmed_at": settlement.confirmed_at},
    )


def charged_rows(content: Frozen, order: RepairOrder) -> list[dict[str, Any]]:
    """Each frozen line beside the order's line it charges."""
    lines = {str(line.id): line for line in order.lines}
    return [{**row, "line": lines[row["line_id"]]} for row in content["lines"] or []]


def part_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every part of every charged line, with the basis of its line."""
    return [{"part": part, "basis": row["basis"]} for row in rows for part in row["line"].parts]


def sums(rows: list[dict[str, Any]]) -> dict[str, int]:
    """The sums of the list in fen and hours ×100; what other payers bear is taken off by name."""
    labour, parts, discount, charged, agreed = (
        sum(row[name] for row in rows)
        for name in ("labour_fen", "parts_fen", "discount_fen", "charged_fen", "agreed_fen"))
    return {
        "labour_fen": labour, "parts_fen": parts, "discount_fen": discount, "total_fen": labour + parts,
        "charged_fen": charged, "agreed_fen": agreed, "others_fen": labour + parts - discount - charged,
        "less_fen": agreed - charged, "hours_x100": sum(row["line"].hours_x100 for row in rows),
    }


def advice(order: RepairOrder) -> list[OrderLine]:
    """What was found and not agreed to: on the list as advice, not charged."""
    return [line for line in order.add_ons if line.status in (AddOnStatus.DECLINED, AddOnStatus.DEFERRED)]
