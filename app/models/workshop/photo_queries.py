"""Photos and their bytes: either may come first, and the same bytes may be many photos (fault rows 54–57)."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.models.reception.order_line import OrderLine
from app.models.reception.reception import DamageMark, Reception
from app.models.workshop.inspection import Finding
from app.models.workshop.photo import Blob, Photo, ReceivedBytes
from app.models.workshop.quality_check import QualityCheck

if TYPE_CHECKING:
    from app.photos import TakenPhoto

# what a picture may be of, and the row its target_id names
Target = DamageMark | Reception | Finding | OrderLine | QualityCheck
TARGETS: dict[str, type[Target]] = {
    "damage_mark": DamageMark,
    "reception": Reception,
    "finding": Finding,
    "work_before": OrderLine,
    "work_after": OrderLine,
    "old_part": OrderLine,
    "quality_check": QualityCheck,
}
GONE = "This photo is not here, or not yours to see."


def keep_bytes(
    db: Session, taken: "TakenPhoto", *, store_id: UUID, device_id: UUID | None, at: datetime
) -> ReceivedBytes:
    """Remember the stored files of received bytes and give them to every photo that waits for them."""
    known = db.get(ReceivedBytes, (store_id, taken.received_sha256))
    if known:
        return known
    _keep_blob(db, taken.blob_sha256, taken.size, taken.width, taken.height, at)
    _keep_blob(db, taken.thumb_sha256, taken.thumb_size, taken.thumb_width, taken.thumb_height, at)
    db.flush()
    received = ReceivedBytes(
        store_id=store_id, sha256=taken.received_sha256, size=taken.received_size, blob_sha256=taken.blob_sha256,
        thumb_sha256=taken.thumb_sha256, device_id=device_id, received_at=at,
    )
    db.add(received)
    for photo in waiting_for(db, store_id, received.sha256):
        give(photo, received)
    return received


def _keep_blob(db: Session, sha256: str, size: int, width: int, height: int, at: datetime) -> None:
    if db.get(Blob, sha256) is None:
        db.add(Blob(sha256=sha256, size=size, media_type="image/jpeg", width=width, height=height, received_at=at))


def waiting_for(db: Session, store_id: UUID, sha256: str) -> list[Photo]:
    """Photos whose bytes were on their way."""
    statement = select(Photo).where(
        Photo.store_id == store_id, Photo.received_sha256 == sha256, Photo.blob_sha256.is_(None)
    )
    return list(db.scalars(statement))


def give(photo: Photo, received: ReceivedBytes) -> None:
    """The photo's bytes are at the shop."""
    photo.blob_sha256, photo.thumb_sha256 = received.blob_sha256, received.thumb_sha256
    photo.received_at = received.received_at


def add_photo(db: Session, photo: Photo) -> Photo:
    """Keep a photo, with its bytes when they are here already."""
    if received := db.get(ReceivedBytes, (photo.store_id, photo.received_sha256)):
        give(photo, received)
    db.add(photo)
    if photo.target == "damage_mark":
        db.flush()
        db.get_one(DamageMark, photo.target_id).photo_id = photo.id
    return photo


def shown_thing(db: Session, store_id: UUID, target: str, target_id: UUID) -> Target:
    """What the picture is of; refused unless it is of this store."""
    kind = TARGETS.get(target)
    thing: Target | None = db.get(kind, target_id) if kind else None  # type: ignore[assignment]
    if thing is None or thing.store_id != store_id:
        raise NotFound("What the photo shows is not here, or not yours to see.")
    return thing


def known_hashes(db: Session, store_id: UUID, wanted: Iterable[str]) -> set[str]:
    """Of these hashes of received bytes, those the shop holds."""
    statement = select(ReceivedBytes.sha256).where(
        ReceivedBytes.store_id == store_id, ReceivedBytes.sha256.in_(list(wanted))
    )
    return set(db.scalars(statement))


def photo_of_store(db: Session, store_id: UUID, photo_id: UUID) -> Photo:
    """A photo of this store."""
    photo = db.get(Photo, photo_id)
    if photo is None or photo.store_id != store_id:
        raise NotFound(GONE)
    return photo


def file_of(photo: Photo, *, is_thumb: bool) -> str:
    """The name of the picture's bytes; refused while they are still on the phone."""
    digest = photo.thumb_sha256 if is_thumb else photo.blob_sha256
    if digest is None:
        raise NotFound("The photo is still on the phone that took it.")
    return digest
