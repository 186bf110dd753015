"""A technician's phone (设备): its credential, its place in the log, what it last said of unsent work."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Noted, StoreRow

if TYPE_CHECKING:
    from app.models.office.staff import Staff


class Device(Noted, StoreRow):
    """One person's app on one phone (offline.md §2.4 `sync_device`)."""

    __tablename__ = "sync_device"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    label: Mapped[str] = mapped_column(default="")
    credential_sha256: Mapped[str] = mapped_column(unique=True)
    old_credential_sha256: Mapped[str | None]  # valid until the new one is first used
    expires_at: Mapped[datetime]
    last_seq: Mapped[int] = mapped_column(default=0)
    last_mid: Mapped[UUID | None]
    forked_from_id: Mapped[UUID | None]
    enrolled_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    build: Mapped[str] = mapped_column(default="")
    pending_mutations: Mapped[int] = mapped_column(default=0)
    pending_blobs: Mapped[int] = mapped_column(default=0)
    oldest_pending_at: Mapped[datetime | None]
    clock_skew_ms: Mapped[int] = mapped_column(default=0)

    is_replacement: Mapped[bool] = mapped_column(default=False)  # enrolled while another one still had unsent work

    staff: Mapped["Staff"] = relationship()


class EnrolCode(Noted, StoreRow):
    """Six digits, ten minutes, one use: lets a phone become somebody's device."""

    __tablename__ = "enrol_code"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    code_sha256: Mapped[str] = mapped_column(index=True)
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SyncCounter(Base):
    """The store's revision counter; bumped last in each transaction, so commit order is revision order."""

    __tablename__ = "sync_counter"

    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"), primary_key=True)
    n: Mapped[int] = mapped_column(default=0)


class SyncTimeline(StoreRow):
    """One run of the server: a restored backup is recognised by its missing timeline."""

    __tablename__ = "sync_timeline"

    start_rev: Mapped[int]
    opened_at: Mapped[datetime]


class SyncReceipt(Base):
    """What became of one mutation; its payload is kept whatever happened."""

    __tablename__ = "sync_receipt"
    __table_args__ = (Index("ix_sync_receipt_status_received_at", "status", "received_at"),)

    mid: Mapped[UUID] = mapped_column(primary_key=True)
    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"), index=True)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("sync_device.id"), index=True)
    seq: Mapped[int]
    author_id: Mapped[UUID | None]
    type: Mapped[str]
    v: Mapped[int]
    stream: Mapped[str] = mapped_column(index=True)
    payload: Mapped[dict[str, Any]]
    payload_sha256: Mapped[str]
    status: Mapped[str]  # applied, superseded, rejected, held, parked, mismatch
    code: Mapped[str] = mapped_column(default="")
    message: Mapped[str] = mapped_column(default="")  # the refusal's English sentence; its blanks are in `facts`
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rev: Mapped[int] = mapped_column(default=0)
    client_at: Mapped[datetime | None]
    client_offset_ms: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]  # a person dealt with a held, parked or rejected one
    settled_by_id: Mapped[UUID | None]
    settled_note: Mapped[str] = mapped_column(default="")


class SyncSeq(Base):
    """Which mutation stands at which place of a device's log; apart from receipts, so that a fork can alias."""

    __tablename__ = "sync_seq"

    device_id: Mapped[UUID] = mapped_column(ForeignKey("sync_device.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    mid: Mapped[UUID] = mapped_column(index=True)


class SyncHead(Base):
    """The latest revision of each thing an audience can see; one row a thing, so it does not grow."""

    __tablename__ = "sync_head"
    __table_args__ = (Index("ix_sync_head_store_audience_rev", "store_id", "audience", "rev"),)

    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"), primary_key=True)
    audience: Mapped[str] = mapped_column(primary_key=True)  # staff:<id>
    entity: Mapped[str] = mapped_column(primary_key=True)  # ro:<id>, list:<name>
    rev: Mapped[int]
    gone: Mapped[bool] = mapped_column(default=False)
