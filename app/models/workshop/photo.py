"""Photos (照片): a reference with its own id to bytes kept once by their hash."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, StoreRow


class Blob(Base):
    """Bytes kept once, named by their SHA-256, in the file store."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str]
    width: Mapped[int | None]
    height: Mapped[int | None]
    received_at: Mapped[datetime]


class ReceivedBytes(Base):
    """Which kept picture became of the bytes a phone sent: asked by their hash before they are sent again."""

    __tablename__ = "received_bytes"

    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    blob_sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    thumb_sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    device_id: Mapped[UUID | None]
    received_at: Mapped[datetime]


class Photo(StoreRow):
    """One picture of this car: what of, whose, taken when, with what bytes (maybe not here yet).

    `marks` has one shape everywhere: `{"kind": "ring", "x", "y", "rx", "ry"}` (middle and half axes) or
    `{"kind": "arrow", "x", "y", "dx", "dy"}` (tip, tail); each figure a float, the share of the width or height of the
    4 : 3 frame that the picture fills. Frozen content holds the same in whole ten-thousandths.
    """

    __tablename__ = "photo"
    __table_args__ = (Index("ix_photo_target_id", "target_id"),)

    repair_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("repair_order.id"), index=True)
    target: Mapped[str]  # finding, damage_mark, work_before, work_after, quality_check, old_part …
    target_id: Mapped[UUID]
    received_sha256: Mapped[str] = mapped_column(index=True)  # the bytes as the phone sent them
    blob_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))  # stripped of EXIF; null: on its way
    thumb_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    taken_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    device_id: Mapped[UUID | None]
    taken_at: Mapped[datetime]
    received_at: Mapped[datetime | None]
    origin: Mapped[str] = mapped_column(default="camera")  # camera, gallery
    marks: Mapped[list[Any]] = mapped_column(default=list)  # a layer over the picture
    caption: Mapped[str] = mapped_column(default="")
    detached_at: Mapped[datetime | None]
    detached_by_id: Mapped[UUID | None]

    blob: Mapped[Blob | None] = relationship(foreign_keys=[blob_sha256])
