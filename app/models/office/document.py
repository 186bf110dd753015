"""Papers (单据): each rendered once from frozen content, kept by the hash of its bytes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import StoreRow


class Document(StoreRow):
    """One PDF: wanted when its subject is frozen, made by the pool, then downloadable for good."""

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_subject_id_kind", "subject_id", "kind", unique=True),
        Index("ix_document_number", "number"),
        Index("ix_document_waiting", "wanted_at", sqlite_where=text("pdf_sha256 IS NULL"),
              postgresql_where=text("pdf_sha256 IS NULL")),
    )

    kind: Mapped[str]  # intake_contract, quotation, add_on_approval, settlement
    number: Mapped[str]
    repair_order_id: Mapped[UUID] = mapped_column(ForeignKey("repair_order.id"), index=True)
    subject_id: Mapped[UUID]  # the contract, version, approval or settlement it prints
    content_sha256: Mapped[str]
    language: Mapped[str] = mapped_column(default="zh_CN")
    html_sha256: Mapped[str] = mapped_column(default="")
    pdf_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    page_count: Mapped[int] = mapped_column(default=0)
    wanted_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    not_before: Mapped[datetime | None]  # held by a mill until then, or resting after a fault
    tries: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
