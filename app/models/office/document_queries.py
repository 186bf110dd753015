"""Papers asked for, not yet made, and found again by number."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models.office.document import Document
from app.models.reception.customer import Customer
from app.models.reception.repair_order import RepairOrder


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
