"""The frozen content of a repair contract (`intake/1`): what is on the screen when the customer signs (D-02)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.domain.approval.estimate_content import store_content
from app.domain.approval.evidence_content import moment
from app.domain.approval.pricing import customer_owes
from app.domain.reception.customer import masked_phone

if TYPE_CHECKING:
    from app.models.office.store import Store
    from app.models.reception.order_line import OrderLine
    from app.models.reception.reception import DamageMark, Reception
    from app.models.reception.repair_order import RepairOrder

SCHEMA = "intake/1"


def content(
    order: "RepairOrder", *, store: "Store", clauses: Sequence[Mapping[str, Any]], clauses_sha256: str,
    symptom_answers: Sequence[Mapping[str, Any]], signer: Mapping[str, str], free_checks: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """All that is agreed at the desk, in whole numbers and texts; the paper prints only this."""
    reception, lines = order.reception, order.intake_lines
    return {
        "schema": SCHEMA,
        "store": store_content(store),
        "order": {"id": str(order.id), "number": order.number},
        "contract_number": order.contract_number or order.number,
        "customer": person(order.customer.name, order.customer.title, order.customer.phone),
        "sender": sender(reception),
        "vehicle": vehicle(order),
        "arrived_at": moment(reception.arrived_at),
        "service_class": order.service_class,
        "damage_marks": [damage(mark) for mark in reception.damage_marks],
        "items_left": list(reception.items_left),
        "customer_words": reception.customer_words,
        "symptom_answers": [dict(row) for row in symptom_answers],
        "lines": [line_content(line) for line in lines],
        "labour_fen": sum(line.labour_fen for line in lines if customer_owes(1, line.payer)),
        "parts_fen": sum(line.parts_fen for line in lines if customer_owes(1, line.payer)),
        "total_fen": sum(customer_owes(line.total_fen, line.payer) for line in lines),
        "promised_at": moment(order.promised_at),
        "waits": reception.customer_waits,
        "contact_channel": reception.contact_channel or order.customer.contact_channel,
        "old_parts": reception.old_parts,
        "allows_test_drive": reception.allows_test_drive,
        "free_checks": [dict(row) for row in free_checks],
        "clauses": [dict(clause) for clause in clauses],
        "clauses_sha256": clauses_sha256,
        "advisor": {"name": order.advisor.name, "phone": order.advisor.phone},
        "signer": dict(signer),
    }


def person(name: str, title: str, phone: str) -> dict[str, str]:
    """A person on paper, the phone masked."""
    return {"name": name, "title": title, "phone_masked": masked_phone(phone)}


def sender(reception: "Reception") -> dict[str, str]:
    """Who brought the car (送修人): its owner unless somebody else is named."""
    if reception.sender_relation == "owner":
        customer = reception.customer
        return {"name": customer.name, "relation": "owner", "phone_masked": masked_phone(customer.phone)}
    return {"name": reception.sender_name, "relation": reception.sender_relation,
            "phone_masked": masked_phone(reception.sender_phone)}


def vehicle(order: "RepairOrder") -> dict[str, Any]:
    """The car as it stands at the desk."""
    car, reception = order.vehicle, order.reception
    return {
        "plate": car.plate, "plate_kind": car.plate_kind, "vin": car.vin, "model": car.model_name,
        "colour": car.colour, "engine_no": car.engine_no,
        "registered_on": car.registered_on.isoformat() if car.registered_on else None,
        "mileage_km": reception.mileage_km, "odometer_replaced": reception.odometer_replaced,
        "fuel_eighths": reception.fuel_eighths, "charge_percent": reception.charge_percent,
        "warning_lamps": list(reception.warning_lamps),
    }


def damage(mark: "DamageMark") -> dict[str, Any]:
    """One mark on the outline, with the hash of its photo."""
    return {"number": mark.number, "zone": mark.zone, "kind": mark.kind, "x": mark.x, "y": mark.y,
            "remark": mark.remark, "photo_sha256": mark.photo.blob_sha256 if mark.photo else None}


def line_content(line: "OrderLine") -> dict[str, Any]:
    """One item of work with its price split, its payer and its guarantee."""
    return {
        "line_id": str(line.id), "title": {"zh": line.title_zh, "en": line.title_en},
        "business_line": line.business_line, "hours_x100": line.hours_x100, "rate_fen": line.rate_fen,
        "labour_fen": line.labour_fen,
        "parts": [
            {"name": {"zh": part.name_zh, "en": part.name_en}, "part_no": part.part_no, "part_class": part.part_class,
             "unit": part.unit_zh, "quantity_x100": part.quantity_x100, "price_fen": part.price_fen,
             "amount_fen": part.amount_fen}
            for part in line.parts
        ],
        "parts_fen": line.parts_fen, "discount_fen": line.discount_fen, "total_fen": line.total_fen,
        "payer": line.payer, "customer_fen": customer_owes(line.total_fen, line.payer),
        "in_warranty": line.is_in_warranty,
        "after_effect": {"zh": line.after_effect_zh, "en": line.after_effect_en},
        "guarantee": {"days": line.guarantee_days, "km": line.guarantee_km},
    }
