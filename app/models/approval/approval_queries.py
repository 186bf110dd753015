"""Keeping an approval and finding it again: rows made from the frozen version, results read by columns."""

import json
import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.canonical import content_hash
from app.domain.approval.approval import Answer, Outcome
from app.domain.approval.signature import Strokes, svg
from app.models.approval.approval import Approval, ApprovalLine, ApprovalPerson, LineQuestion
from app.models.approval.capability_link import CapabilityLink
from app.models.approval.estimate import Estimate, EstimateVersion
from app.models.office.document import Document
from app.models.reception.customer import Customer
from app.models.reception.reception import Reception
from app.models.reception.repair_order import RepairOrder
from app.models.reception.vehicle import Vehicle
from app.models.workshop.add_on import AddOn
from app.models.workshop.photo import Blob


def approval_of_version(db: Session, version_id: UUID) -> Approval | None:
    """The approval that decided this version, if any."""
    return db.scalars(select(Approval).where(Approval.version_id == version_id).order_by(Approval.decided_at)).first()


def made_approval(version: EstimateVersion, content: dict[str, Any], answers: list[Answer], sums: Outcome,
                  **facts: Any) -> Approval:
    """An approval of a version with a row for each answer; `facts` are its other columns."""
    facts.setdefault("content_sha256", version.content_sha256)
    approval = Approval(
        store_id=version.store_id, version_id=version.id,
        repair_order_id=version.estimate.repair_order_id, consent_text_id=UUID(content["consent_text"]["id"]),
        approved_fen=sums.approved_fen, total_after_fen=sums.total_after_fen, promised_after=sums.promised_after,
        **facts,
    )
    approval.version = version
    by_line = {answer.line_id: answer for answer in answers}
    approval.lines = [made_line(approval, line, by_line[line["line_id"]]) for line in content["lines"]]
    return approval


def made_line(approval: Approval, line: dict[str, Any], answer: Answer) -> ApprovalLine:
    """The answer to one frozen line."""
    return ApprovalLine(
        store_id=approval.store_id, add_on_id=UUID(line["line_id"]), position=line["position"],
        decision=answer.decision, total_fen=line["total_fen"], reason_code=answer.reason_code,
        reason_text=answer.reason_text, defer_until_on=answer.defer_until_on, defer_until_km=answer.defer_until_km,
        safety_acknowledged=answer.safety_acknowledged,
    )


def made_person(store_id: UUID, ink: Strokes, **facts: Any) -> ApprovalPerson:
    """The personal side table: the picture drawn by us, its hash, and the salt of the commitment."""
    picture = svg(ink)
    return ApprovalPerson(store_id=store_id, salt=secrets.token_hex(16), signature_svg=picture,
                          signature_sha256=content_hash(picture), signature_facts=ink.facts, erased_at=None, **facts)


def commitment(person: ApprovalPerson) -> str:
    """Salted hash over the personal columns: they can be erased, the record stays provable (approval.md §2.1)."""
    return content_hash({"salt": person.salt, "name": person.signer_name, "relation": person.signer_relation,
                         "phone": person.phone, "signature_sha256": person.signature_sha256,
                         "address": person.address, "user_agent": person.user_agent})


def decision_hash(approval: Approval, person: ApprovalPerson, at: datetime) -> str:
    """What was decided on which content, by whom, through what (approval.md §2.2)."""
    return content_hash({
        "content_sha256": approval.content_sha256,
        "decisions": [{"line_id": str(line.add_on_id), "decision": line.decision, "total_fen": line.total_fen,
                       "reason": line.reason_code, "reason_text": line.reason_text,
                       "until_on": line.defer_until_on.isoformat() if line.defer_until_on else None,
                       "until_km": line.defer_until_km, "safety_acknowledged": line.safety_acknowledged}
                      for line in approval.lines],
        "channel": approval.channel, "level": approval.level, "person": approval.person_commitment,
        "signature_sha256": person.signature_sha256, "decided_at": at.isoformat(),
        "session_id": str(approval.session_id) if approval.session_id else None,
    })


def result(db: Session, version_id: UUID) -> Any:
    """The decision on a version with its paper's state, in one row; None while undecided."""
    statement = (
        select(Approval.id, Approval.number, Approval.approved_fen, Approval.total_after_fen, Approval.promised_after,
               Approval.decided_at, Approval.repair_order_id, ApprovalPerson.signer_name,
               Document.id.label("document_id"), Document.pdf_sha256, Blob.size.label("pdf_size"))
        .outerjoin(ApprovalPerson, ApprovalPerson.approval_id == Approval.id)
        .outerjoin(Document, (Document.subject_id == Approval.id) & (Document.kind == "add_on_approval"))
        .outerjoin(Blob, Blob.sha256 == Document.pdf_sha256)
        .where(Approval.version_id == version_id)
        .order_by(Approval.decided_at)
    )
    return db.execute(statement).first()


def result_lines(db: Session, approval_id: UUID) -> dict[str, Any]:
    """The answers of an approval by line id, each with how far the work is and whether its end was asked for."""
    statement = (
        select(ApprovalLine.add_on_id, ApprovalLine.decision, ApprovalLine.defer_until_on, ApprovalLine.defer_until_km,
               AddOn.work_status, AddOn.cancel_requested_at.is_not(None).label("is_cancellation_asked"),
               AddOn.removed_at)
        .join(AddOn, AddOn.id == ApprovalLine.add_on_id)
        .where(ApprovalLine.approval_id == approval_id)
        .order_by(ApprovalLine.position)
    )
    return {str(row.add_on_id): row for row in db.execute(statement)}


def questions(db: Session, estimate_id: UUID) -> dict[str, list[Any]]:
    """What was asked and answered, by line id, oldest first."""
    rows = db.execute(
        select(LineQuestion.add_on_id, LineQuestion.text, LineQuestion.answer, LineQuestion.answered_by_name,
               LineQuestion.asked_at, LineQuestion.answered_at)
        .where(LineQuestion.estimate_id == estimate_id).order_by(LineQuestion.asked_at)
    )
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(str(row.add_on_id), []).append(row)
    return found


def ask(db: Session, estimate_id: UUID, add_on: AddOn, text: str, at: datetime) -> LineQuestion:
    """Keep a question; the advisor's answer appears on the same page (AE-074)."""
    question = LineQuestion(store_id=add_on.store_id, estimate_id=estimate_id, add_on_id=add_on.id, asked_at=at,
                            text=text, answered_at=None)
    db.add(question)
    return question


def document_bytes_of(db: Session, estimate_id: UUID, document_id: UUID) -> Any:
    """The paper of an approval of this estimate, as number and hash; None for anyone else's."""
    statement = (
        select(Document.number, Document.pdf_sha256)
        .join(Approval, Approval.id == Document.subject_id)
        .join(EstimateVersion, EstimateVersion.id == Approval.version_id)
        .where(Document.id == document_id, EstimateVersion.estimate_id == estimate_id)
    )
    return db.execute(statement).one_or_none()


def parsed(payload: str) -> dict[str, Any]:
    """A frozen payload as a thing to read."""
    content: dict[str, Any] = json.loads(payload)
    return content


def signing_facts(db: Session, link_id: UUID) -> Any:
    """Who signs through a link and what they said about old parts, in one row."""
    statement = (
        select(Customer.name, CapabilityLink.phone, Reception.old_parts, RepairOrder.number,
               (Vehicle.owner_id == CapabilityLink.customer_id).label("is_owner"))
        .join(Customer, Customer.id == CapabilityLink.customer_id)
        .join(Estimate, Estimate.id == CapabilityLink.estimate_id)
        .join(RepairOrder, RepairOrder.id == Estimate.repair_order_id)
        .join(Reception, Reception.id == RepairOrder.reception_id)
        .join(Vehicle, Vehicle.id == RepairOrder.vehicle_id)
        .where(CapabilityLink.id == link_id)
    )
    return db.execute(statement).one()


def last_approval_id(db: Session, repair_order_id: UUID) -> UUID | None:
    """The approval before this one on the same order."""
    return db.scalars(select(Approval.id).where(Approval.repair_order_id == repair_order_id)
                      .order_by(Approval.decided_at.desc()).limit(1)).one_or_none()
