"""A sheet: which template prints a paper, with what, and the evidence that goes along inside the file."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app import languages
from app.domain.approval.photo_marks import drawing
from app.models.office.document import Document

TITLES = {
    "intake_contract": "Repair contract",
    "quotation": "Quotation",
    "add_on_approval": "Authorisation of additional repairs",
    "settlement": "Settlement list of vehicle repair",
}


@dataclass(frozen=True)
class Desk:
    """What a sheet may look at: the rows, the paper's own row, and which photos are in the store."""

    db: Session
    document: Document
    has_file: Callable[[str], bool]


@dataclass(frozen=True)
class Sheet:
    """One paper before it is printed."""

    template: str
    store: dict[str, Any]
    version_no: int
    context: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Any] = field(default_factory=dict)


def with_presence(photos: list[dict[str, Any]], has_file: Callable[[str], bool]) -> list[dict[str, Any]]:
    """The photos, each knowing whether its bytes have come: one on its way is said to be, not left out."""
    for photo in photos:
        photo["is_here"] = bool(photo["sha256"]) and has_file(photo["sha256"])
        photo["marks"] = drawing(photo["marks"] or None)
    return photos


def store_of(content: dict[str, Any], row: Any) -> dict[str, Any]:
    """The legal person as the frozen content names it, or the store's own row where the content is older."""
    names = ("name", "legal_name", "credit_code", "filing_no", "address", "phone", "complaint_phone")
    frozen = content["store"] or {}
    return {name: frozen.get(name) or getattr(row, name) for name in names}


def file_name(document: Document) -> str:
    """`维修增项确认书 ZX20261121-018.pdf`."""
    return f"{languages.translate(TITLES[document.kind], document.language)} {document.number}.pdf"
