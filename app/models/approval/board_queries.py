"""The advisor's board: every car on the floor and what it waits for, in a constant number of questions."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from app.domain.approval.estimate import EstimateStatus
from app.domain.approval.waiting import Car
from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop.add_on import AddOnStatus
from app.domain.workshop.inspection import Grade
from app.domain.workshop.work import WorkStatus
from app.models.approval.approval import LineQuestion
from app.models.approval.capability_link import CapabilityLink, SignSession
from app.models.approval.estimate import Estimate, EstimateLine, EstimateVersion
from app.models.history_line import HistoryLine
from app.models.office.staff import Staff
from app.models.reception.customer import Customer
from app.models.reception.order_line import OrderLine, OrderLinePart, WorkLog
from app.models.reception.repair_order import Assignment, RepairOrder
from app.models.reception.vehicle import Vehicle
from app.models.workshop.add_on import AddOn
from app.models.workshop.catalogue import Part
from app.models.workshop.inspection import Finding
from app.models.workshop.photo import Photo

ON_THE_FLOOR = (OrderStatus.OPEN, OrderStatus.IN_PROGRESS, OrderStatus.QUALITY_CHECK, OrderStatus.READY,
                OrderStatus.SETTLED)
STATUS_EVENTS = ("repair_order.quality_check", "repair_order.ready", "repair_order.settled")
MOST = 300  # cars on one floor at once; an order nobody closed for a month drops out of the picture
FORGOTTEN = timedelta(days=30)
LINES = OrderLine.__table__


def cars(db: Session, store_id: UUID, *, at: datetime) -> list[Car]:
    """Every car on the floor with all the board has to know of it."""
    found = {row.id: car_of(row) for row in db.execute(floor(store_id, at))}
    if found:
        for read in (read_add_ons, read_estimates, read_openings, read_questions, read_assignments, read_work,
                     read_findings, read_missing_parts, read_photos, read_moves):
            read(db, found)
    return list(found.values())


def counts(cars_: Iterable[Car], staff_id: UUID) -> tuple[int, int]:
    """How many are this advisor's, and how many there are."""
    all_cars = list(cars_)
    return sum(1 for car in all_cars if car.facts["advisor_id"] == staff_id), len(all_cars)


def floor(store_id: UUID, at: datetime) -> Select[*tuple[Any, ...]]:
    """One row a car, the oldest order first."""
    return (
        select(RepairOrder.id, RepairOrder.number, RepairOrder.status, RepairOrder.opened_at, RepairOrder.promised_at,
               RepairOrder.signed_at, RepairOrder.advisor_id, Customer.name, Customer.title, Customer.phone,
               Vehicle.plate, Vehicle.model_name)
        .join(Customer, Customer.id == RepairOrder.customer_id)
        .join(Vehicle, Vehicle.id == RepairOrder.vehicle_id)
        .where(RepairOrder.store_id == store_id, RepairOrder.status.in_(ON_THE_FLOOR),
               RepairOrder.opened_at > at - FORGOTTEN)
        .order_by(RepairOrder.opened_at, RepairOrder.id)
        .limit(MOST)
    )


def car_of(row: Row[Any]) -> Car:
    """A car before its story is read."""
    return Car(order_id=row.id, status=row.status, opened_at=row.opened_at, promised_at=row.promised_at,
               signed_at=row.signed_at,
               facts={"plate": row.plate, "name": row.name, "title": row.title, "phone": row.phone,
                      "model": row.model_name, "number": row.number, "advisor_id": row.advisor_id})


def read_add_ons(db: Session, found: dict[UUID, Car]) -> None:
    """What was proposed, sent back, reviewed."""
    rows = db.execute(
        select(AddOn.id, AddOn.repair_order_id, AddOn.status, AddOn.title_zh, AddOn.proposed_at, AddOn.reviewed_at)
        .where(AddOn.repair_order_id.in_(found),
               AddOn.status.in_((AddOnStatus.PROPOSED, AddOnStatus.RETURNED, AddOnStatus.REVIEWED)))
        .order_by(AddOn.proposed_at, AddOn.id)
    )
    for row in rows:
        car = found[row.repair_order_id]
        if row.status == AddOnStatus.PROPOSED and car.proposed_at is None:
            car.proposed_at, car.proposal_id = row.proposed_at or car.opened_at, row.id
            car.proposal_title = row.title_zh
        elif row.status == AddOnStatus.RETURNED:
            car.returned_at = row.proposed_at or car.opened_at
        elif row.status == AddOnStatus.REVIEWED:
            car.reviewed_at = min(filter(None, (car.reviewed_at, row.reviewed_at or car.opened_at)))
            car.reviewed_titles.append(row.title_zh)


def read_estimates(db: Session, found: dict[UUID, Car]) -> None:
    """The version that is out and not decided, with its lines."""
    rows = db.execute(
        select(Estimate.repair_order_id, EstimateVersion.id, EstimateVersion.version_no, EstimateVersion.published_at,
               EstimateVersion.valid_until, EstimateVersion.total_fen, func.count(EstimateLine.id).label("lines"))
        .join(EstimateVersion, EstimateVersion.estimate_id == Estimate.id)
        .join(EstimateLine, EstimateLine.version_id == EstimateVersion.id)
        .where(Estimate.repair_order_id.in_(found), Estimate.status == EstimateStatus.PUBLISHED)
        .group_by(Estimate.repair_order_id, EstimateVersion.id)
        .order_by(EstimateVersion.version_no)
    )
    for row in rows:  # the last version of an order stays
        car = found[row.repair_order_id]
        car.sent_at, car.valid_until = row.published_at, row.valid_until
        car.lines_asked, car.asked_fen = row.lines, row.total_fen


def read_openings(db: Session, found: dict[UUID, Car]) -> None:
    """How often a link of an open estimate was opened with the right ending."""
    rows = db.execute(
        select(Estimate.repair_order_id, func.count(SignSession.id).label("times"))
        .join(CapabilityLink, CapabilityLink.estimate_id == Estimate.id)
        .join(SignSession, SignSession.link_id == CapabilityLink.id)
        .where(Estimate.repair_order_id.in_(found), Estimate.status == EstimateStatus.PUBLISHED,
               SignSession.last4_ok_at.is_not(None))
        .group_by(Estimate.repair_order_id)
    )
    for row in rows:
        found[row.repair_order_id].times_opened = row.times


def read_questions(db: Session, found: dict[UUID, Car]) -> None:
    """The oldest question nobody has answered."""
    rows = db.execute(
        select(Estimate.repair_order_id, LineQuestion.asked_at, LineQuestion.text)
        .join(Estimate, Estimate.id == LineQuestion.estimate_id)
        .where(Estimate.repair_order_id.in_(found), LineQuestion.answered_at.is_(None))
        .order_by(LineQuestion.asked_at.desc())
    )
    for row in rows:
        found[row.repair_order_id].question_at = row.asked_at
        found[row.repair_order_id].question = row.text


def read_assignments(db: Session, found: dict[UUID, Car]) -> None:
    """Who is on the car now; the lead last, so that the lead's name stays."""
    rows = db.execute(
        select(Assignment.repair_order_id, Assignment.assigned_at, Staff.name)
        .join(Staff, Staff.id == Assignment.technician_id)
        .where(Assignment.repair_order_id.in_(found), Assignment.ended_at.is_(None))
        .order_by(Assignment.is_lead, Assignment.assigned_at)
    )
    for row in rows:
        found[row.repair_order_id].technician = row.name
        found[row.repair_order_id].assigned_at = row.assigned_at


def read_work(db: Session, found: dict[UUID, Car]) -> None:
    """What is being worked on, since when."""
    rows = db.execute(
        select(OrderLine.repair_order_id, OrderLine.title_zh, WorkLog.started_at)
        .join(WorkLog, WorkLog.line_id == OrderLine.id)
        .where(OrderLine.repair_order_id.in_(found), OrderLine.work_status == WorkStatus.IN_WORK,
               WorkLog.ended_at.is_(None))
        .order_by(WorkLog.started_at.desc())
    )
    for row in rows:
        found[row.repair_order_id].work_title = row.title_zh
        found[row.repair_order_id].work_since = row.started_at


def read_findings(db: Session, found: dict[UUID, Car]) -> None:
    """How many points were looked at, since when."""
    rows = db.execute(
        select(Finding.repair_order_id, func.count(Finding.id).label("points"), func.min(Finding.taken_at).label("at"))
        .where(Finding.repair_order_id.in_(found), Finding.grade != Grade.NOT_CHECKED)
        .group_by(Finding.repair_order_id)
    )
    for row in rows:
        found[row.repair_order_id].points_checked = row.points
        found[row.repair_order_id].checking_since = row.at


def read_missing_parts(db: Session, found: dict[UUID, Car]) -> None:
    """Agreed work that can't begin because its part is not on the shelf."""
    rows = db.execute(
        select(OrderLine.repair_order_id, OrderLinePart.name_zh)
        .join(OrderLinePart, OrderLinePart.line_id == OrderLine.id)
        .join(Part, (Part.store_id == OrderLine.store_id) & (Part.id == OrderLinePart.part_id))
        .where(OrderLine.repair_order_id.in_(found), OrderLine.work_status == WorkStatus.WAITING,
               OrderLine.removed_at.is_(None), OrderLinePart.issued_at.is_(None),
               OrderLinePart.is_from_customer.is_(False), Part.stock * 100 < OrderLinePart.quantity_x100,
               (OrderLine.origin == "intake") | LINES.c.approved_fen.is_not(None))
        .order_by(OrderLine.position.desc())
    )
    for row in rows:
        car = found[row.repair_order_id]
        if car.signed_at:
            car.missing_part, car.missing_since = row.name_zh, car.signed_at


def read_photos(db: Session, found: dict[UUID, Car]) -> None:
    """Two pictures of what was found, for cars with a proposal."""
    wanted = [car.order_id for car in found.values() if car.proposed_at or car.reviewed_at]
    rows = db.execute(
        select(AddOn.repair_order_id, Photo.id)
        .join(Photo, Photo.target_id == AddOn.finding_id)
        .where(AddOn.repair_order_id.in_(wanted), Photo.thumb_sha256.is_not(None), Photo.detached_at.is_(None),
               AddOn.status.in_((AddOnStatus.PROPOSED, AddOnStatus.REVIEWED)))
        .order_by(Photo.taken_at, Photo.id)
    )
    for row in rows:
        pictures = found[row.repair_order_id].photo_ids
        if row.id not in pictures and len(pictures) < 2:
            pictures.append(row.id)


def read_moves(db: Session, found: dict[UUID, Car]) -> None:
    """When the order took its last step; that is since when it waits."""
    rows = db.execute(
        select(HistoryLine.repair_order_id, func.max(HistoryLine.at).label("at"))
        .where(HistoryLine.repair_order_id.in_(found), HistoryLine.event.in_(STATUS_EVENTS))
        .group_by(HistoryLine.repair_order_id)
    )
    for row in rows:
        if row.repair_order_id:
            found[row.repair_order_id].status_at = row.at
