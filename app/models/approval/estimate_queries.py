"""What the estimate's pages ask: whose authority, which other parts, what happened on the link, what was sent."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from app.domain.approval.line_price import DiscountLimit, widest
from app.domain.workshop.add_on import AddOnStatus
from app.models.approval.approval import LineQuestion
from app.models.approval.capability_link import CapabilityLink, SignSession
from app.models.approval.estimate import Estimate
from app.models.history_line import HistoryLine
from app.models.office.message import Message
from app.models.reception.order_line import OrderLinePart
from app.models.reception.repair_order import RepairOrder
from app.models.workshop import catalogue_queries
from app.models.workshop.add_on import AddOn
from app.models.workshop.catalogue import Part

CONTENT_ROLES = {"advisor": "service_advisor", "care_manager": "service_care_manager"}  # rates.json says it longer
ON_THE_LINK = ("capability_link.", "line_question.", "estimate.")
MOST_LINES = 60


def lines_to_send(order: RepairOrder) -> list[AddOn]:
    """What the next version holds: everything reviewed, and what is out and still undecided."""
    return [one for one in order.add_ons if one.status in (AddOnStatus.REVIEWED, AddOnStatus.PRESENTED)]


def lines_put_off(order: RepairOrder) -> list[AddOn]:
    """What the customer did not want this time, and may come round to before the car leaves."""
    return [one for one in order.add_ons if one.status in (AddOnStatus.DECLINED, AddOnStatus.DEFERRED)]


def discount_limit(db: Session, store_id: UUID, roles: Iterable[str]) -> DiscountLimit:
    """The widest authority to take something off among these roles."""
    names = {CONTENT_ROLES.get(str(role), str(role)) for role in roles}
    return widest([row for row in catalogue_queries.content(db, store_id, "discount_limit") if row["role"] in names])


def floor_percent(db: Session, store_id: UUID, business_line: str) -> int:
    """The lowest share of the list price a line of this business may be sold at."""
    rows = {row["line"]: int(row["min_percent_of_list"]) for row in catalogue_queries.content(db, store_id, "floor")}
    return rows.get(business_line, 0)


def other_parts(db: Session, lines: Sequence[AddOn]) -> dict[UUID, list[Part]]:
    """For each part of the lines, the parts of its family that would do too: 原厂, 同质, 修复."""
    ids = {part.part_id for line in lines for part in line.parts if part.part_id}
    if not ids:
        return {}
    own = select(Part.family).where(Part.store_id == lines[0].store_id, Part.id.in_(ids))
    found = db.scalars(select(Part).where(Part.store_id == lines[0].store_id, Part.family.in_(own), Part.is_active)
                       .order_by(Part.part_class, Part.id)).all()
    families = {part.id: part.family for part in found}
    return {row.id: fitting(row, found, families, line.repair_order.vehicle.series_id)
            for line in lines for row in line.parts}


def fitting(row: OrderLinePart, found: Sequence[Part], families: dict[str, str], series_id: str | None) -> list[Part]:
    """The family's parts that fit this car, the present one among them."""
    family = families.get(row.part_id or "")
    return [part for part in found if part.family == family
            and (part.id == row.part_id or "generic" in part.fits or series_id in part.fits)]


def questions(db: Session, estimate: Estimate) -> list[LineQuestion]:
    """The customer's questions, the unanswered first."""
    return list(db.scalars(select(LineQuestion).where(LineQuestion.estimate_id == estimate.id)
                           .order_by(LineQuestion.answered_at.is_not(None), LineQuestion.asked_at)))


def last_session(db: Session, estimate: Estimate) -> SignSession | None:
    """The browser that got past the four digits and was active last."""
    return db.scalars(
        select(SignSession).join(CapabilityLink).where(CapabilityLink.estimate_id == estimate.id,
                                                       SignSession.last4_ok_at.is_not(None))
        .order_by(SignSession.seen_at.desc()).limit(1)
    ).one_or_none()


def link_history(db: Session, order_id: UUID) -> list[Row[Any]]:
    """What happened to the estimate and on its links, the newest first."""
    return list(db.execute(
        select(HistoryLine.event, HistoryLine.facts, HistoryLine.by_name, HistoryLine.by_kind, HistoryLine.at)
        .where(HistoryLine.repair_order_id == order_id,
               or_(*(HistoryLine.event.startswith(stem, autoescape=True) for stem in ON_THE_LINK)))
        .order_by(HistoryLine.at.desc(), HistoryLine.id.desc()).limit(MOST_LINES)
    ))


def messages(db: Session, order_id: UUID) -> list[Message]:
    """What was to be sent to the customer about this order, the newest first."""
    return list(db.scalars(select(Message).where(Message.repair_order_id == order_id,
                                                 Message.purpose == "estimate_link")
                           .order_by(Message.wanted_at.desc()).limit(10)))


def open_links(db: Session, estimate: Estimate) -> list[CapabilityLink]:
    """Links that still open this estimate."""
    return list(db.scalars(select(CapabilityLink).where(CapabilityLink.estimate_id == estimate.id,
                                                        CapabilityLink.revoked_at.is_(None))
                           .order_by(CapabilityLink.issued_at)))
