"""The frozen content of a settlement list (`settlement/2`): all that its paper prints; only payments come later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.domain.approval.estimate_content import part_content, store_content
from app.domain.approval.evidence_content import moment
from app.domain.money import rounded
from app.domain.reception.intake_content import person, sender
from app.domain.workshop.add_on import AddOnStatus

if TYPE_CHECKING:
    from app.models.office.settlement import Settlement, SettlementLine
    from app.models.office.store import Store
    from app.models.reception.repair_order import RepairOrder
    from app.models.workshop.add_on import AddOn

SCHEMA = "settlement/2"
TAX_PERCENT = 13  # repair and parts, general taxpayer (rates.json, to be confirmed by the accountant)
NOT_DONE = (AddOnStatus.DECLINED, AddOnStatus.DEFERRED)


@dataclass(frozen=True)
class Hands:
    """Who drew up the list, who passed the car, and which agreements by phone the customer still has to confirm."""

    clerk: str
    checker: str
    by_phone: Sequence[str] = ()


def content(settlement: "Settlement", *, store: "Store", old_parts: str, hands: Hands, at: datetime) -> dict[str, Any]:
    """The list as it stands the moment it is confirmed, in whole numbers and texts."""
    order = settlement.repair_order
    lines = [line_content(line) for line in settlement.lines]
    return {
        "schema": SCHEMA,
        "number": settlement.number,
        "store": store_content(store),
        "order": {"id": str(order.id), "number": order.number, "service_class": order.service_class,
                  "contract_number": order.contracts[-1].number if order.contracts else ""},
        "customer": person(order.customer.name, order.customer.title, order.customer.phone),
        "sender": sender(order.reception),
        "vehicle": vehicle(order),
        "advisor": {"name": order.advisor.name, "phone": order.advisor.phone},
        "clerk": hands.clerk,
        "checker": hands.checker,
        "by_phone": list(hands.by_phone),
        "arrived_at": moment(order.reception.arrived_at),
        "confirmed_at": moment(at),
        "lines": lines,
        "sums": sums(lines),
        "total_fen": settlement.total_fen,
        "tax": {"percent": TAX_PERCENT, "fen": rounded(settlement.total_fen * TAX_PERCENT, 100 + TAX_PERCENT)},
        "not_done": [put_aside(add_on) for add_on in order.add_ons if add_on.status in NOT_DONE],
        "old_parts": old_parts,
    }


def vehicle(order: "RepairOrder") -> dict[str, Any]:
    """The car as it leaves, and when it should come again."""
    car = order.vehicle
    return {"plate": car.plate, "plate_kind": car.plate_kind, "vin": car.vin, "model": car.model_name,
            "mileage_km": order.mileage_km, "next_service_km": car.next_service_km,
            "next_service_on": car.next_service_on.isoformat() if car.next_service_on else None}


def line_content(row: "SettlementLine") -> dict[str, Any]:
    """One charged line: its work and parts as agreed, what is charged, why it differs, the guarantee that begins."""
    line = row.line
    return {
        "line_id": str(row.line_id or line.id), "title": {"zh": line.title_zh, "en": line.title_en},
        "payer": line.payer, "basis": row.basis, "hours_x100": line.hours_x100, "rate_fen": line.rate_fen,
        "parts": [{**part_content(part), "is_from_customer": bool(part.is_from_customer)} for part in line.parts],
        "labour_fen": row.labour_fen, "parts_fen": row.parts_fen, "discount_fen": row.discount_fen,
        "agreed_fen": row.agreed_fen, "charged_fen": row.charged_fen, "less_fen": row.agreed_fen - row.charged_fen,
        "reason": row.reason, "guarantee": {"days": line.guarantee_days, "km": line.guarantee_km},
    }


def sums(lines: Sequence[dict[str, Any]]) -> dict[str, int]:
    """The sums of the list in fen and hours ×100; what other payers bear is taken off by name."""
    labour, parts, discount, charged, agreed, hours = (
        sum(line[name] for line in lines)
        for name in ("labour_fen", "parts_fen", "discount_fen", "charged_fen", "agreed_fen", "hours_x100"))
    return {"labour_fen": labour, "parts_fen": parts, "discount_fen": discount, "total_fen": labour + parts,
            "charged_fen": charged, "agreed_fen": agreed, "others_fen": labour + parts - discount - charged,
            "less_fen": agreed - charged, "hours_x100": hours}


def put_aside(add_on: "AddOn") -> dict[str, Any]:
    """What was found and not agreed to: on the list as advice, at no charge."""
    return {"line_id": str(add_on.id), "title": {"zh": add_on.title_zh, "en": add_on.title_en}, "saw": add_on.saw,
            "decision": str(add_on.status), "charged_fen": 0, "until_km": add_on.defer_until_km,
            "until_on": add_on.defer_until_on.isoformat() if add_on.defer_until_on else None}
