"""Whether everything is still as it was kept: bytes against their names, frozen content against its hash."""

from collections.abc import Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models.approval.estimate import EstimateVersion
from app.models.database import Database
from app.models.office.document import Document
from app.models.office.settlement import Settlement
from app.models.reception.repair_order import IntakeContract
from app.models.workshop.photo import Blob
from app.security import sha256
from app.settings import Settings
from app.storage import FileStore

FROZEN: dict[str, Select[str, str, str]] = {
    "intake contract": select(IntakeContract.number, IntakeContract.payload, IntakeContract.content_sha256),
    "estimate version": select(EstimateVersion.content_sha256, EstimateVersion.payload, EstimateVersion.content_sha256),
    "settlement": select(Settlement.number, Settlement.payload, Settlement.content_sha256)
    .where(Settlement.content_sha256 != ""),
}


def faults(settings: Settings) -> list[str]:
    """One sentence for each thing that is not what it was."""
    database = Database(settings.url)
    files = FileStore(settings)
    with database.reading() as db:
        found = [*altered_content(db), *altered_files(db, files)]
    database.close()
    return found


def altered_content(db: Session) -> Iterator[str]:
    """Frozen papers whose text no longer has its hash."""
    for kind, statement in FROZEN.items():
        for number, payload, digest in db.execute(statement):
            if sha256(payload) != digest:
                yield f"The {kind} {number} was altered."


def altered_files(db: Session, files: FileStore) -> Iterator[str]:
    """Files that are missing, or whose bytes no longer have their name."""
    names = set(db.scalars(select(Blob.sha256)))
    names |= {name for name in db.scalars(select(Document.pdf_sha256)) if name}
    for name in sorted(names):
        try:
            content = files.get(name)
        except FileNotFoundError:
            yield f"The file {name} is missing."
            continue
        if sha256(content) != name:
            yield f"The file {name} was altered."
