"""The paper mill: documents wanted in a transaction are rendered afterwards by a pool of processes (decision 8)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.models.changes import after_commit
from app.models.database import Database
from app.models.office import document_queries
from app.models.office.document import Document
from app.settings import Settings


def want(db: Session, *, kind: str, subject_id: UUID, repair_order_id: UUID, store_id: UUID, number: str,
         content_sha256: str, at: datetime) -> Document:
    """Ask for a paper in this transaction; the mill makes it once the transaction is on disk."""
    document = document_queries.ask_for(
        db, kind=kind, subject_id=subject_id, repair_order_id=repair_order_id, store_id=store_id, number=number,
        content_sha256=content_sha256, at=at,
    )
    if mill := db.info.get("mill"):
        after_commit(db, mill.wake)
    return document


class PaperMill:
    """Renders wanted documents, one at a time a process."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        database.writers.configure(info={"mill": self})

    def open(self) -> None:
        """Start the processes before the first request."""

    def close(self) -> None:
        """Stop them."""

    def wake(self) -> None:
        """Something was committed that wants paper."""
