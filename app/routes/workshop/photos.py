"""Photos on the staff's pages: seen by their own store only, taken on a tablet at reception or the quality check."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, post
from litestar.params import FromPath, FromQuery, RawBody
from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed
from app.models.base import new_id
from app.models.workshop import photo_queries
from app.models.workshop.photo import Photo
from app.photos import take_in
from app.routes.dependencies import EVERYBODY, INSPECTORS, RECEPTION, WORKSHOP, Db, Now, Person, Who
from app.routes.loading import order_for

TAKERS = RECEPTION | WORKSHOP | INSPECTORS
KEPT_BY_BROWSER = {"cache-control": "private, max-age=86400, immutable"}


@get("/photos/{photo_id:uuid}", name="photo", sync_to_thread=True, opt={"roles": EVERYBODY})
def show_photo(photo_id: FromPath[UUID], request: Request[Any, Any, Any], db: Db, who: Who) -> Response[bytes]:
    """The picture, upright and without EXIF."""
    return picture(request, db, who.store_id, photo_id, is_thumb=False)


@get("/photos/{photo_id:uuid}/thumb", name="photo_thumb", sync_to_thread=True, opt={"roles": EVERYBODY})
def show_thumb(photo_id: FromPath[UUID], request: Request[Any, Any, Any], db: Db, who: Who) -> Response[bytes]:
    """The 320 px picture for lists."""
    return picture(request, db, who.store_id, photo_id, is_thumb=True)


def picture(
    request: Request[Any, Any, Any], db: Session, store_id: UUID, photo_id: UUID, *, is_thumb: bool
) -> Response[bytes]:
    """The bytes of a photo of this store."""
    photo = photo_queries.photo_of_store(db, store_id, photo_id)
    content = request.app.state.files.get(photo_queries.file_of(photo, is_thumb=is_thumb))
    return Response(content, media_type="image/jpeg", headers=KEPT_BY_BROWSER)


@post("/photos", name="photos", sync_to_thread=True, opt={"roles": TAKERS})
def create_photo(
    request: Request[Any, Any, Any],
    body: RawBody,
    db: Db,
    who: Who,
    now: Now,
    target: FromQuery[str],
    target_id: FromQuery[UUID],
    order: FromQuery[UUID | None] = None,
    caption: FromQuery[str] = "",
) -> Response[dict[str, Any]]:
    """Take a picture in as it comes from the tablet (the body is the file); answers its id and addresses."""
    # decoded before the first question to the database, so that nobody waits for a picture with the write lock held
    taken = take_in(request.app.state.files, body)
    thing = photo_queries.shown_thing(db, who.store_id, target, target_id)
    order_id = order_for(who, db, order).id if order else getattr(thing, "repair_order_id", None)
    photo_queries.keep_bytes(db, taken, store_id=who.store_id, device_id=None, at=now)
    photo = made_photo(who, now, taken.received_sha256, order_id, target, target_id, caption)
    photo_queries.add_photo(db, photo)
    return Response(
        {"id": str(photo.id), "url": f"/photos/{photo.id}", "thumb": f"/photos/{photo.id}/thumb",
         "width": taken.width, "height": taken.height},
        status_code=201,
    )


def made_photo(
    who: Person, now: datetime, sha256: str, order_id: UUID | None, target: str, target_id: UUID, caption: str
) -> Photo:
    """The row of a picture taken just now."""
    return Photo(
        id=new_id(), store_id=who.store_id, repair_order_id=order_id, target=target, target_id=target_id,
        received_sha256=sha256, taken_by_id=who.id, taken_at=now, received_at=now, caption=caption[:200], marks=[],
        origin="camera",
    )


@delete("/photos/{photo_id:uuid}", name="photo_removed", status_code=200, sync_to_thread=True, opt={"roles": TAKERS})
def delete_photo(photo_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Response[bytes]:
    """Take a wrong picture off again; its bytes stay for thirty days (C5)."""
    photo = photo_queries.photo_of_store(db, who.store_id, photo_id)
    if photo.taken_by_id != who.id:
        raise NotAllowed("Only the person who took a photo can take it off.")
    photo.detached_at, photo.detached_by_id = now, who.id
    return Response(b"", media_type="text/html", status_code=200)


ROUTES = [show_photo, show_thumb, create_photo, delete_photo]
