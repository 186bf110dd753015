"""The history of everything: one line for each verb, never changed (R-ALL-2)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.models.base import StoreRow


class HistoryLine(StoreRow):
    """What happened to one thing, who did it and when; insert-only."""

    __tablename__ = "history_line"
    __table_args__ = (
        Index("ix_history_line_subject_id_at", "subject_id", "at"),
        Index("ix_history_line_repair_order_id_at", "repair_order_id", "at"),
    )

    subject: Mapped[str]
    subject_id: Mapped[UUID]
    repair_order_id: Mapped[UUID | None]
    event: Mapped[str]
    facts: Mapped[dict[str, Any]]
    by_kind: Mapped[str]
    by_id: Mapped[UUID | None]
    by_name: Mapped[str]
    at: Mapped[datetime]
