"""Freezing the repair contract (维修委托书) at the moment the customer signs it."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app import papers
from app.canonical import canonical, content_hash
from app.domain.approval.signature import Strokes, svg
from app.domain.history import Actor
from app.domain.reception import intake_content, repair_order
from app.domain.reception import vehicle as vehicle_rules
from app.models.office.store import Store
from app.models.reception import intake_queries
from app.models.reception.repair_order import IntakeContract, RepairOrder
from app.models.reception.vehicle import OdometerReading
from app.models.workshop import catalogue_queries
from app.security import sha256

WITH_FREE_CHECKS = ("general_inspection", "free_basic_checks")


def agreed(db: Session, order: RepairOrder, *, signer_name: str, signer_relation: str) -> dict[str, Any]:
    """All that is on the screen, as it will be frozen."""
    store = db.get_one(Store, order.store_id)
    clauses, clauses_sha256 = intake_queries.clauses_for(db, order, store)
    return intake_content.content(
        order, store=store, clauses=clauses, clauses_sha256=clauses_sha256,
        symptom_answers=intake_queries.symptom_texts(db, order.reception), free_checks=free_checks(db, order),
        signer={"name": signer_name, "relation": signer_relation},
    )


def free_checks(db: Session, order: RepairOrder) -> list[dict[str, Any]]:
    """The six checks that come with this visit at no charge, when they are on the order."""
    if not any(line.operation_id in WITH_FREE_CHECKS for line in order.intake_lines):
        return []
    standard = catalogue_queries.content(db, order.store_id, "standard_of_service")
    return [{"name": check["name"], "minutes": check["minutes"]} for check in standard[0]["checks"]] if standard else []


def sign_at_desk(
    db: Session, order: RepairOrder, *, ink: Strokes, signer_name: str, signer_relation: str, by: Actor, at: datetime,
    device: dict[str, Any] | None = None,
) -> IntakeContract:
    """Freeze what is on the screen, let the customer sign it, keep the odometer's reading and ask for the paper."""
    content = agreed(db, order, signer_name=signer_name, signer_relation=signer_relation)
    order.mileage_km = order.reception.mileage_km or order.mileage_km
    contract = frozen(order, content, ink=ink, by=by, at=at, device=device or {})
    repair_order.sign(order, contract, by=by, at=at)
    reading = OdometerReading(store_id=order.store_id, km=order.mileage_km, read_at=at,
                              odometer_replaced=order.reception.odometer_replaced)
    vehicle_rules.keep_reading(order.vehicle, reading)
    db.flush()
    papers.want(db, kind="intake_contract", subject_id=contract.id, repair_order_id=order.id, store_id=order.store_id,
                number=contract.number, content_sha256=contract.content_sha256, at=at)
    return contract


def frozen(order: RepairOrder, content: dict[str, Any], *, ink: Strokes, by: Actor, at: datetime,
           device: dict[str, Any]) -> IntakeContract:
    """The contract as a row: its canonical text, its hash, and the signature drawn from its points."""
    picture = svg(ink)
    return IntakeContract(
        store_id=order.store_id, version_no=len(order.contracts) + 1, number=content["contract_number"],
        payload=canonical(content), content_sha256=content_hash(content), total_fen=content["total_fen"],
        promised_at=order.promised_at, signer_name=content["signer"]["name"],
        signer_relation=content["signer"]["relation"], signature_svg=picture, signature_sha256=sha256(picture),
        signed_at=at, taken_by_id=by.id, device=device,
    )
