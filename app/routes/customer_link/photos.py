"""Photos on the customer's page, each at an address of this session only (S-30)."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.models.approval import link_queries
from app.models.approval.approval_queries import parsed
from app.routes.customer_link.guard import Asked, Guest, Visit
from app.routes.customer_link.shown import photo_key
from app.routes.dependencies import Db


@get("/photo/{key:str}", name="link_photo", sync_to_thread=True, opt={"public": True, "hidden": True})
def show_photo(key: FromPath[str], request: Asked, db: Db, guest: Guest) -> Response[bytes]:
    """The whole picture."""
    return picture(request, photo_of(request, db, guest, key)["sha256"])


@get("/photo/{key:str}/thumb", name="link_photo_thumb", sync_to_thread=True, opt={"public": True, "hidden": True})
def show_thumb(key: FromPath[str], request: Asked, db: Db, guest: Guest) -> Response[bytes]:
    """The small picture of a compact card."""
    photo = photo_of(request, db, guest, key)
    return picture(request, photo["thumb_sha256"] or photo["sha256"])


def photo_of(request: Asked, db: Session, visit: Visit, key: str) -> dict[str, Any]:
    """The photo of the version in force that this session knows under that key."""
    content = parsed(link_queries.versions(db, visit.estimate_id, None)[0].payload)
    for line in content["lines"]:
        for photo in line["photos"]:
            if photo_key(request, visit, photo["id"]) == key:
                return photo  # type: ignore[no-any-return]
    raise NotFound("There is nothing here.")


def picture(request: Asked, digest: str) -> Response[bytes]:
    """The bytes, without EXIF since they were taken in."""
    try:
        content = request.app.state.files.get(digest)
    except FileNotFoundError as error:
        raise NotFound("There is nothing here.") from error
    return Response(content, media_type="image/jpeg")


HANDLERS = [show_photo, show_thumb]
