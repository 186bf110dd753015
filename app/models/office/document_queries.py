"""Papers asked for, not yet made, and found again by number."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models.approval.approval import Approval
from app.models.approval.estimate import EstimateVersion
from app.models.office.document import Document
from app.models.office.staff import Staff
from app.models.office.store import Store
from app.models.reception.customer import Customer
from app.models.reception.repair_order import RepairOrder
from app.models.workshop.quality_check import QualityCheck


def document_of(db: Session, subject_id: UUID, kind: str) -> Document | None:
    """The paper that prints this subject."""
    return db.scalars(select(Document).where(Document.subject_id == subject_id, Document.kind == kind)).one_or_none()


def ask_for(db: Session, *, kind: str, subject_id: UUID, repair_order_id: UUID, store_id: UUID, number: str,
            content_sha256: str, at: datetime) -> Document:
    """The paper's row, made once however often it is asked for; it speaks the customer's language."""
    if found := document_of(db, subject_id, kind):
        return found
    document = Document(kind=kind, subject_id=subject_id, repair_order_id=repair_order_id, store_id=store_id,
                        number=number, content_sha256=content_sha256, wanted_at=at,
                        language=language_of_order(db, repair_order_id))
    try:
        with db.begin_nested():
            db.add(document)
    except IntegrityError:  # somebody asked in the same moment
        found = document_of(db, subject_id, kind)
        if found is None:
            raise
        return found
    return document


def language_of_order(db: Session, repair_order_id: UUID) -> str:
    """The language of the order's customer."""
    query = select(Customer.language).join(RepairOrder, RepairOrder.customer_id == Customer.id)
    return db.scalars(query.where(RepairOrder.id == repair_order_id)).one_or_none() or "zh_CN"


def documents_of_order(db: Session, repair_order_id: UUID) -> list[Document]:
    """All papers of an order, oldest first."""
    return list(db.scalars(
        select(Document).where(Document.repair_order_id == repair_order_id).order_by(Document.wanted_at, Document.id)))


def versions_before(db: Session, version: EstimateVersion) -> list[EstimateVersion]:
    """The versions this one replaced, oldest first."""
    return list(db.scalars(
        select(EstimateVersion)
        .where(EstimateVersion.estimate_id == version.estimate_id, EstimateVersion.version_no < version.version_no)
        .order_by(EstimateVersion.version_no)))


def phone_approvals(db: Session, repair_order_id: UUID) -> list[str]:
    """The numbers of what was only agreed by phone: the customer ratifies it on the settlement list."""
    query = select(Approval.number).where(Approval.repair_order_id == repair_order_id, Approval.channel == "phone")
    return list(db.scalars(query.order_by(Approval.decided_at)))


def last_inspector(db: Session, repair_order_id: UUID) -> str:
    """Who passed the car at the quality check."""
    query = (select(Staff.name).join(QualityCheck, QualityCheck.inspector_id == Staff.id)
             .where(QualityCheck.repair_order_id == repair_order_id, QualityCheck.result == "passed")
             .order_by(QualityCheck.round_no.desc()).limit(1))
    return db.scalars(query).first() or ""


def genuine(db: Session, number: str, check: str) -> Row[tuple[str, str, str, datetime, int]] | None:
    """Kind, shop, zone, time and pages of the finished paper with this number and these first digits."""
    query = select(Document.kind, Store.legal_name, Store.time_zone, Document.made_at, Document.page_count).join(
        Store, Store.id == Document.store_id)
    return db.execute(query.where(  # type: ignore[return-value]
        Document.number == number, Document.content_sha256.startswith(check), Document.pdf_sha256.is_not(None)
    ).limit(1)).first()


def count_waiting(db: Session, at_most: int) -> int:
    """How many papers are still to be made, counted no further than `at_most`."""
    waiting = select(Document.id).where(Document.pdf_sha256.is_(None)).limit(at_most).subquery()
    return db.scalar(select(func.count()).select_from(waiting)) or 0


def claim(db: Session, *, at: datetime, until: datetime) -> UUID | None:
    """Take the paper wanted last that nobody else works on, for this long; None when there is nothing to do.

    Whoever asked last stands before a screen; a heap left over from a night or an import waits behind them.
    """
    free = or_(Document.not_before.is_(None), Document.not_before <= at)
    first = (select(Document.id).where(Document.pdf_sha256.is_(None), free)
             .order_by(Document.wanted_at.desc(), Document.id.desc()).limit(1)
             .with_for_update(skip_locked=True).scalar_subquery())
    statement = update(Document).where(Document.id == first).values(not_before=until, tries=Document.tries + 1)
    return db.execute(statement.returning(Document.id), execution_options={"synchronize_session": False}).scalar()


def next_try(db: Session) -> datetime | None:
    """When the next resting paper may be tried."""
    return db.scalar(select(func.min(Document.not_before)).where(Document.pdf_sha256.is_(None)))


def release_all(db: Session) -> None:
    """Nobody works on anything: the only mill of this installation has just started."""
    db.execute(update(Document).where(Document.pdf_sha256.is_(None)).values(not_before=None))


def is_anything_free(db: Session, at: datetime) -> bool:
    """Whether a claim would find something, asked without writing."""
    free = or_(Document.not_before.is_(None), Document.not_before <= at)
    return db.scalar(select(Document.id).where(Document.pdf_sha256.is_(None), free).limit(1)) is not None
