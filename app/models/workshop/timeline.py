"""Runs of the server: a phone whose run is unknown, or was further than the shop remembers, starts over (offline.md §2.4)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.database import Database
from app.models.office.store import Store
from app.models.revision import bump
from app.models.workshop.device import SyncCounter, SyncTimeline


def open_timeline(database: Database, at: datetime) -> None:
    """Begin a new run in every store; called once when the server starts."""
    with database.writing() as db:
        for store_id in db.scalars(select(Store.id)):
            begin(db, store_id, at)


def begin(db: Session, store_id: UUID, at: datetime) -> SyncTimeline:
    """A new run; its first revision is taken from the counter, so the run before ends just below."""
    run = SyncTimeline(store_id=store_id, start_rev=bump(db, store_id), opened_at=at)
    db.add(run)
    return run


def current(db: Session, store_id: UUID) -> SyncTimeline | None:
    """The newest run of a store; none in a store that was made after the start and has no phone yet."""
    statement = select(SyncTimeline).where(SyncTimeline.store_id == store_id)
    return db.scalars(statement.order_by(SyncTimeline.start_rev.desc()).limit(1)).one_or_none()


def ensure(db: Session, store_id: UUID, at: datetime) -> SyncTimeline:
    """The newest run, begun now where there is none."""
    return current(db, store_id) or begin(db, store_id, at)


def revision(db: Session, store_id: UUID) -> int:
    """The store's last revision."""
    return db.scalar(select(SyncCounter.n).where(SyncCounter.store_id == store_id)) or 0


def is_valid(db: Session, store_id: UUID, timeline: str, rev: int) -> bool:
    """Whether a cursor speaks of a past this database shares."""
    try:
        run = db.get(SyncTimeline, UUID(timeline))
    except ValueError:
        return False
    if run is None or run.store_id != store_id:
        return False
    later = select(SyncTimeline.start_rev).where(
        SyncTimeline.store_id == store_id, SyncTimeline.start_rev > run.start_rev
    )
    following = db.scalar(later.order_by(SyncTimeline.start_rev).limit(1))
    last = following - 1 if following is not None else revision(db, store_id)
    return rev <= last
