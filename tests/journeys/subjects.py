"""Which order, car or customer of the demo a page is shown with: the first that has what the page needs."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.reception.reception import ReceptionStatus
from app.domain.reception.repair_order import OrderStatus
from app.models.approval.estimate import Estimate
from app.models.care.follow_up import FollowUp
from app.models.office.document import Document
from app.models.office.settlement import Settlement
from app.models.office.staff import Staff
from app.models.reception.customer import Customer
from app.models.reception.reception import Reception
from app.models.reception.repair_order import RepairOrder
from app.models.reception.vehicle import Vehicle
from app.models.workshop.add_on import AddOn
from app.models.workshop.inspection import Inspection
from app.models.workshop.quality_check import QualityCheck

WANTED: dict[str, Select[Any]] = {
    "staff": select(Staff.id).where(Staff.username == "zhoumin"),
    "customer": select(Customer.id).join(RepairOrder, RepairOrder.customer_id == Customer.id)
    .order_by(RepairOrder.opened_at.desc()),
    "vehicle": select(Vehicle.id).join(RepairOrder, RepairOrder.vehicle_id == Vehicle.id)
    .order_by(RepairOrder.opened_at.desc()),
    "order": select(RepairOrder.id).order_by(RepairOrder.opened_at.desc()),
    "order_in_work": select(RepairOrder.id).where(RepairOrder.status == OrderStatus.IN_PROGRESS)
    .order_by(RepairOrder.opened_at.desc()),
    "inspected": select(Inspection.repair_order_id).where(Inspection.finished_at.is_(None)),
    "order_to_check": select(RepairOrder.id).where(RepairOrder.status == OrderStatus.QUALITY_CHECK),
    "order_ready": select(RepairOrder.id).where(RepairOrder.status == OrderStatus.READY),
    "order_settled": select(RepairOrder.id).where(RepairOrder.status == OrderStatus.SETTLED),
    "reception": select(Reception.id).where(Reception.status == ReceptionStatus.IN_PROGRESS)
    .order_by(Reception.arrived_at.desc()),
    "add_on": select(AddOn.id).where(AddOn.status == "proposed").order_by(AddOn.proposed_at.desc()),
    "order_with_estimate": select(Estimate.repair_order_id).where(Estimate.status == "published")
    .order_by(Estimate.made_at.desc()),
    "estimate": select(Estimate.id).where(Estimate.status == "published").order_by(Estimate.made_at.desc()),
    "settlement": select(Settlement.id).order_by(Settlement.prepared_at.desc()),
    "quality_check": select(QualityCheck.id).order_by(QualityCheck.started_at.desc()),
    "follow_up": select(FollowUp.id).where(FollowUp.status == "open").order_by(FollowUp.due_on),
}


def subjects(db: Session) -> dict[str, str]:
    """The id for each word a path may hold; a word the demo has nothing for is missing."""
    found = {word: db.scalar(statement.limit(1)) for word, statement in WANTED.items()}
    return {word: str(one) for word, one in found.items() if one is not None}


def documents(db: Session) -> dict[str, str]:
    """One finished paper of each kind, by kind: the hash of its bytes."""
    rows = db.execute(select(Document.kind, Document.pdf_sha256).where(Document.pdf_sha256.is_not(None)))
    return {kind: digest for kind, digest in rows if digest}
