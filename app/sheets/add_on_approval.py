"""维修增项确认书: what the customer decided on one frozen version, with the photos and the evidence of the signing."""

from datetime import date
from typing import Any

from app.models.approval.approval import Approval, ApprovalLine
from app.models.approval.capability_link import CapabilityLink, SignSession
from app.models.office import document_queries
from app.models.office.staff import Staff
from app.models.office.store import Store
from app.sheets.frozen import Frozen, thaw
from app.sheets.quotation import all_photos, shown_lines
from app.sheets.sheet import Desk, Sheet, store_of

DECISIONS = ("approved", "declined", "deferred")


def sheet(desk: Desk) -> Sheet:
    """The frozen content beside the answers, signature and circumstances of one approval."""
    approval = desk.db.get_one(Approval, desk.document.subject_id)
    content = thaw(approval.version.payload)
    evidence = evidence_of(approval, thaw(approval.version.payload))
    answers = {str(line.add_on_id): line for line in approval.lines}
    lines = shown_lines(content, desk)
    for line in lines:
        line["answer"] = answers.get(line["line_id"])
    return Sheet(
        template="documents/add_on_approval.html",
        store=store_of(content, desk.db.get_one(Store, approval.store_id)),
        version_no=approval.version.version_no,
        context={"content": content, "lines": lines, "photos": all_photos(content), "approval": approval,
                 "person": approval.person, "sums": sums(approval.lines), "finders": finders(lines),
                 "effects": effects(lines), **circumstances(desk, approval)},
        evidence=evidence,
    )


def sums(lines: list[ApprovalLine]) -> dict[str, dict[str, int]]:
    """How many lines and how much, in fen, for each answer and in all."""
    groups = {decision: [line for line in lines if line.decision == decision] for decision in DECISIONS}
    return {name: {"count": len(group), "total_fen": sum(line.total_fen for line in group)}
            for name, group in {"all": lines, **groups}.items()}


def finders(lines: list[Frozen]) -> list[str]:
    """Who found the lines, each once."""
    return list(dict.fromkeys(line["found_by"] for line in lines if line["found_by"]))


def effects(lines: list[Frozen]) -> list[dict[str, str]]:
    """What is normal after the agreed work, each once."""
    agreed = [line["after_effect"] for line in lines if line["answer"] and line["answer"].decision == "approved"]
    return list({effect["zh"]: effect for effect in agreed if effect and effect["zh"]}.values())


def circumstances(desk: Desk, approval: Approval) -> dict[str, Any]:
    """The rows around an approval: link, session, who issued and who took it, the versions before."""
    db = desk.db
    link = db.get(CapabilityLink, approval.link_id) if approval.link_id else None
    session = db.get(SignSession, approval.session_id) if approval.session_id else None
    issuer = db.get(Staff, link.issued_by_id) if link and link.issued_by_id else None
    taker = db.get(Staff, approval.taken_by_id) if approval.taken_by_id else None
    person = approval.person
    return {
        "link": link, "session": session, "issuer": issuer, "taker": taker,
        "facts": Frozen(person.session_facts) if person else Frozen(),
        "ink": Frozen(person.signature_facts) if person else Frozen(),
        "earlier": document_queries.versions_before(db, approval.version),
    }


def evidence_of(approval: Approval, untouched: Frozen) -> dict[str, Any]:
    """What a machine needs to check the paper: content, answers, hashes; no phone, no address."""
    return {
        "content": untouched,
        "content_sha256": approval.content_sha256,
        "decision_sha256": approval.decision_sha256,
        "number": approval.number,
        "channel": approval.channel,
        "level": approval.level,
        "decided_at": approval.decided_at,
        "answers": [answer_of(line) for line in approval.lines],
        "approved_fen": approval.approved_fen,
        "total_after_fen": approval.total_after_fen,
        "promised_after": approval.promised_after,
        "signature_sha256": approval.person.signature_sha256 if approval.person else None,
        "person_commitment": approval.person_commitment,
        "consent_text": {"version": approval.consent_text.version, "sha256": approval.consent_text.sha256},
        "previous_approval": str(approval.previous_id) if approval.previous_id else None,
    }


def answer_of(line: ApprovalLine) -> dict[str, Any]:
    """One answer as plain values."""
    return {
        "line_id": str(line.add_on_id), "decision": line.decision, "total_fen": line.total_fen,
        "reason_code": line.reason_code, "reason_text": line.reason_text, "defer_until_on": day(line.defer_until_on),
        "defer_until_km": line.defer_until_km, "safety_acknowledged": line.safety_acknowledged,
    }


def day(value: date | None) -> str | None:
    """`2026-12-01`."""
    return value.isoformat() if value else None
