"""The frozen content of an estimate version (`estimate/1`): page, message and paper read only this."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from app.domain.approval.evidence_content import checked, evidence, moment
from app.domain.approval.pricing import customer_owes
from app.domain.workshop.add_on import AddOnStatus

if TYPE_CHECKING:
    from app.models.approval.approval import ConsentText
    from app.models.approval.estimate import Estimate, EstimateVersion
    from app.models.office.store import Store
    from app.models.reception.order_line import OrderLine, OrderLinePart
    from app.models.reception.repair_order import RepairOrder
    from app.models.workshop.add_on import AddOn

SCHEMA = "estimate/1"
URGENCIES = ("must", "recommended", "can_wait")


@dataclass(frozen=True)
class Stock:
    """Whether the parts of a line are on the shelf, and how many days they take if not."""

    in_stock: bool = True
    wait_days: int = 0


def content(
    version: "EstimateVersion",
    estimate: "Estimate",
    add_ons: Sequence["AddOn"],
    *,
    store: "Store",
    consent: "ConsentText",
    stock: dict[Any, Stock],
    related: dict[Any, list[dict[str, Any]]],
) -> dict[str, Any]:
    """Everything the customer is shown, in whole numbers and texts; `version` brings its sums, times and number."""
    order = estimate.repair_order
    lines = line_contents(add_ons, stock, related)
    ceiling = sum(line["ceiling_fen"] or 0 for line in lines)
    return {
        "schema": SCHEMA,
        "store": store_content(store),
        "order": {"id": str(order.id), "number": order.number,
                  "contract_number": order.contracts[-1].number if order.contracts else ""},
        "estimate": {"id": str(estimate.id), "number": estimate.number, "round_no": estimate.round_no},
        "version": version.version_no,
        "reason_of_change": version.reason_of_change,
        "customer": {"name": order.customer.name, "title": order.customer.title},
        "vehicle": {"plate": order.vehicle.plate, "vin": order.vehicle.vin, "model": order.vehicle.model_name,
                    "mileage_km": order.mileage_km},
        "advisor": {"name": order.advisor.name, "phone": order.advisor.phone},
        "published_at": moment(version.published_at),
        "valid_until": moment(version.valid_until),
        "promised_before": moment(version.promised_before),
        "promised_after": moment(version.promised_after),
        "before_fen": version.before_fen,
        "total_fen": version.total_fen,
        "after_fen": version.before_fen + version.total_fen,
        "ceiling_fen": ceiling,
        "checked": checked(order.inspections, order.vehicle.series.powertrain if order.vehicle.series else ""),
        "consent_text": {"id": str(consent.id), "kind": consent.kind, "version": consent.version,
                         "sha256": consent.sha256},
        "guarantee": shortest_guarantee(add_ons),
        "lines": lines,
    }


def store_content(store: "Store") -> dict[str, Any]:
    """The legal person on the paper."""
    return {"id": str(store.id), "name": store.name, "legal_name": store.legal_name, "credit_code": store.credit_code,
            "filing_no": store.filing_no, "address": store.address, "phone": store.phone,
            "complaint_phone": store.complaint_phone, "time_zone": store.time_zone}


def shortest_guarantee(add_ons: Iterable["AddOn"]) -> dict[str, Any]:
    """The guarantee of the version as a whole: the shortest of its lines', each line carries its own."""
    terms = [(one.guarantee_days, one.guarantee_km) for one in add_ons if one.guarantee_days]
    days, km = min(terms, default=(0, 0))
    return {"days": days, "km": km}


NEVER = datetime.max.replace(tzinfo=UTC)


def in_shown_order(add_ons: Iterable["AddOn"]) -> list["AddOn"]:
    """The urgent before the rest, then as they were found."""
    return sorted(add_ons, key=lambda one: (URGENCIES.index(one.urgency), one.proposed_at or NEVER, str(one.id)))


def line_contents(
    add_ons: Sequence["AddOn"], stock: dict[Any, Stock], related: dict[Any, list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """Each line in turn; photos are numbered through the whole estimate."""
    rows: list[dict[str, Any]] = []
    for position, add_on in enumerate(add_ons, 1):
        number = 1 + sum(len(row["photos"]) for row in rows)
        rows.append(line_content(add_on, position=position, first_photo=number, stock=stock.get(add_on.id, Stock()),
                                 related=related.get(add_on.id, [])))
    return rows


def line_content(
    add_on: "AddOn", *, position: int, first_photo: int, stock: Stock, related: list[dict[str, Any]]
) -> dict[str, Any]:
    """One line as page and paper show it: finding, words, price split, time, guarantee, related work."""
    photos = add_on.finding.photos if add_on.finding else []
    ceilings = [row["ceiling_fen"] for row in related if row.get("ceiling_fen")]
    return {
        "line_id": str(add_on.id),
        "position": position,
        "kind": add_on.kind,
        "urgency": add_on.urgency,
        "title": {"zh": add_on.title_zh, "en": add_on.title_en},
        "operation_id": add_on.operation_id,
        **evidence(add_on.finding, photos, first_number=first_photo),
        "saw": add_on.saw,
        "if_waits": add_on.if_waits,
        "we_would_do": add_on.we_would_do,
        "can_wait_text": add_on.can_wait_text,
        "fine_to_wait": add_on.urgency == "can_wait",
        "is_safety": add_on.is_safety,
        **price_content(add_on),
        # the new time is the old one and every agreed line's minutes: work for another day adds none today
        "extra_minutes": add_on.extra_minutes if stock.in_stock else 0,
        "work_minutes": add_on.extra_minutes,
        "in_stock": stock.in_stock,
        "wait_days": stock.wait_days,
        "guarantee": {"days": add_on.guarantee_days, "km": add_on.guarantee_km},
        "after_effect": {"zh": add_on.after_effect_zh, "en": add_on.after_effect_en},
        "ceiling_fen": sum(ceilings) if ceilings else None,
        "related": related,
        "bundle": add_on.bundle,
        "bundle_reason": add_on.bundle_reason,
    }


def price_content(line: "OrderLine") -> dict[str, Any]:
    """The price split of a line; `total_fen` is what the line costs, `customer_fen` what this customer pays of it."""
    return {
        "hours_x100": line.hours_x100,
        "rate_fen": line.rate_fen,
        "labour_fen": line.labour_fen,
        "parts": [part_content(part) for part in line.parts],
        "parts_fen": line.parts_fen,
        "discount_fen": line.discount_fen,
        "discount_reason": line.price_reason if line.discount_fen else "",
        "price_reason": line.price_reason,
        "total_fen": line.total_fen,
        "customer_fen": customer_owes(line.total_fen, line.payer),
        "payer": line.payer,
    }


def part_content(part: "OrderLinePart") -> dict[str, Any]:
    """One part with its class: 原厂, 同质 or 修复 has to be named (消法)."""
    return {"name": {"zh": part.name_zh, "en": part.name_en}, "part_no": part.part_no, "part_class": part.part_class,
            "unit": part.unit_zh, "quantity_x100": part.quantity_x100, "price_fen": part.price_fen,
            "amount_fen": part.amount_fen}


def signed_fen(order: "RepairOrder") -> int:
    """What the customer has agreed to pay so far: the work agreed at the desk and every add-on said yes to."""
    desk = sum(customer_owes(line.total_fen, line.payer) for line in order.intake_lines if line.removed_at is None)
    agreed = sum(customer_owes(one.approved_fen or 0, one.payer) for one in order.add_ons
                 if one.status == AddOnStatus.APPROVED and one.removed_at is None)
    return desk + agreed


def asked_fen(add_ons: Iterable["AddOn"]) -> int:
    """What it comes to if the customer says yes to every open line."""
    return sum(customer_owes(one.total_fen, one.payer) for one in add_ons if one.status != AddOnStatus.APPROVED)
