"""Pictures: which does the shop hold already, take this one in, show me that one (offline.md §2.6)."""

import errno
import hashlib
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post, put
from litestar.params import FromPath, JSONBody, RawBody

from app import languages
from app.domain.errors import Invalid
from app.models.workshop import photo_queries, sync_queries
from app.photos import take_in
from app.routes.dependencies import Now
from app.routes.sync.phone import Caller

MOST_HASHES = 500
KEPT_BY_BROWSER = {"cache-control": "private, max-age=86400, immutable"}


@post("/blobs/have", name="sync_blobs", status_code=200, sync_to_thread=True)
def show_missing(
    data: JSONBody[dict[str, Any]], request: Request[Any, Any, Any], phone: Caller
) -> dict[str, list[str]]:
    """Which of these bytes have not arrived."""
    wanted = data.get("sha256")
    if not isinstance(wanted, list) or len(wanted) > MOST_HASHES:
        raise Invalid("sha256", "The request can't be read. Nothing was changed.")
    hashes = [str(one) for one in wanted]
    with request.app.state.database.reading() as db:
        known = photo_queries.known_hashes(db, phone.store_id, hashes)
    return {"missing": [one for one in hashes if one not in known]}


@put("/blobs/{sha256:str}", name="sync_blob", status_code=201, sync_to_thread=True)
def put_blob(
    sha256: FromPath[str], body: RawBody, request: Request[Any, Any, Any], phone: Caller, now: Now
) -> Response[dict[str, Any]]:
    """Take a picture in by the hash of its bytes: 201 new, 200 known, 422 not what it says, 507 no room."""
    state = request.app.state
    if not body:
        return refused("empty", "The photo is empty: the phone handed over nothing. Take it again.")
    if hashlib.sha256(body).hexdigest() != sha256:
        return refused("wrong_hash", "The photo was damaged on the way. The phone sends it again.")
    with state.database.reading() as db:
        if photo_queries.known_hashes(db, phone.store_id, [sha256]):
            return Response({"stored": True}, status_code=200)
    try:
        taken = take_in(state.files, body)
    except Invalid as refusal:
        return refused("unreadable", refusal.message)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        text = languages.translate("The shop's disk is full. The photo stays on the phone; tell the administrator.")
        return Response({"error": text, "code": "full"}, status_code=507)
    with state.database.writing() as db:
        photo_queries.keep_bytes(db, taken, store_id=phone.store_id, device_id=phone.device_id, at=now)
    return Response({"stored": True}, status_code=201)


def refused(code: str, sentence: str) -> Response[dict[str, Any]]:
    """These bytes will never be taken: the phone shows the photo under what needs the technician."""
    return Response({"error": languages.translate(sentence), "code": code}, status_code=422)


@get("/photos/{photo_id:uuid}", name="sync_photo", sync_to_thread=True)
def show_photo(photo_id: FromPath[UUID], request: Request[Any, Any, Any], phone: Caller) -> Response[bytes]:
    """A picture of a car this technician works on."""
    return picture(request, phone, photo_id, is_thumb=False)


@get("/photos/{photo_id:uuid}/thumb", name="sync_thumb", sync_to_thread=True)
def show_thumb(photo_id: FromPath[UUID], request: Request[Any, Any, Any], phone: Caller) -> Response[bytes]:
    """The same at 320 px."""
    return picture(request, phone, photo_id, is_thumb=True)


def picture(request: Request[Any, Any, Any], phone: Caller, photo_id: UUID, *, is_thumb: bool) -> Response[bytes]:
    """The bytes of a photo this phone may see."""
    with request.app.state.database.reading() as db:
        photo = sync_queries.photo_for(db, phone.store_id, phone.staff_id, photo_id)
        name = photo_queries.file_of(photo, is_thumb=is_thumb)
    return Response(request.app.state.files.get(name), media_type="image/jpeg", headers=KEPT_BY_BROWSER)


GUARDED = [show_missing, put_blob, show_photo, show_thumb]
