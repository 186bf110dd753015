"""维修委托书: what the customer signed at the desk, printed from the frozen content and nothing else."""

from typing import Any

from app.models.office.store import Store
from app.models.reception.repair_order import IntakeContract
from app.sheets.frozen import Frozen, thaw
from app.sheets.sheet import Desk, Sheet, store_of


def sheet(desk: Desk) -> Sheet:
    """Car, marks, words, lines, clauses and signature."""
    contract = desk.db.get_one(IntakeContract, desk.document.subject_id)
    content = thaw(contract.payload)
    return Sheet(
        template="documents/intake_contract.html",
        store=store_of(content, desk.db.get_one(Store, contract.store_id)),
        version_no=contract.version_no,
        context={"content": content, "contract": contract, "marks": content["damage_marks"] or [],
                 "photos": marked_photos(content, desk)},
        evidence={"content": thaw(contract.payload), "content_sha256": contract.content_sha256,
                  "number": contract.number, "signed_at": contract.signed_at,
                  "signature_sha256": contract.signature_sha256},
    )


def marked_photos(content: Frozen, desk: Desk) -> list[dict[str, Any]]:
    """A photo for each mark that has one."""
    marks = [mark for mark in content["damage_marks"] or [] if mark["photo_sha256"]]
    return [{"mark": mark, "sha256": mark["photo_sha256"], "is_here": desk.has_file(mark["photo_sha256"])}
            for mark in marks]
