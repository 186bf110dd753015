"""What phones say of photos: taken of this, taken off again, marked with a ring and an arrow; the bytes come on their own."""

import re
from typing import Any

from app.domain.workshop.mutation import Applied, Malformed, Missing, Superseded
from app.models.workshop import photo_queries
from app.models.workshop.photo import Photo
from app.routes.sync.desk import Desk, Mutation, as_moment

OF_LINES = ("work_before", "work_after", "old_part")
SHA256 = re.compile(r"[0-9a-f]{64}")


def attach(desk: Desk, mutation: Mutation) -> Applied:
    """`photo.attach`: known before its bytes are here; the same bytes on two things are two photos."""
    order, target = desk.order(mutation), mutation.text("target")
    if not SHA256.fullmatch(mutation.text("sha256")):
        raise Malformed("sha256")
    if desk.db.get(Photo, mutation.id("photo")):
        raise Superseded
    photo = Photo(
        id=mutation.id("photo"), store_id=desk.store_id, repair_order_id=order.id, target=target,
        target_id=target_of(desk, mutation, target), received_sha256=mutation.text("sha256"),
        taken_by_id=mutation.author, device_id=mutation.device_id, taken_at=taken_at(mutation),
        origin=mutation.text("origin", limit=20) or "camera", marks=marks(mutation), caption="",
    )
    photo_queries.add_photo(desk.db, photo)
    return Applied({"state": "stored" if photo.blob_sha256 else "pending"}, made=(f"photo:{photo.id}",))


def target_of(desk: Desk, mutation: Mutation, target: str) -> Any:
    """The id of what the photo shows, in the shop's own naming."""
    if target == "finding":
        return desk.finding(mutation, mutation.id("target_id")).id
    if target in OF_LINES:
        return desk.line(mutation, "target_id").id
    raise Malformed("target")


def taken_at(mutation: Mutation) -> Any:
    """When the shutter went, if the phone says so and it is not later than the mutation itself."""
    if not mutation.text("taken_at"):
        return mutation.at
    return min(as_moment(mutation.text("taken_at")), mutation.at)


def marks(mutation: Mutation) -> list[dict[str, Any]]:
    """Ring and arrow, in shares of the picture."""
    given = mutation.args.get("marks") or []
    if not isinstance(given, list) or len(given) > 20:
        raise Malformed("marks")
    return [mark_of(one) for one in given]


def mark_of(one: Any) -> dict[str, Any]:
    """One mark in the shape of `Photo.marks`, all of its numbers finite."""
    names = {"ring": ("x", "y", "rx", "ry"), "arrow": ("x", "y", "dx", "dy")}.get(one.get("kind", ""))
    if names is None or not all(isinstance(one.get(name), int | float) and abs(one[name]) <= 2 for name in names):
        raise Malformed("marks")
    return {"kind": one["kind"], **{name: float(one[name]) for name in names}}


def photo_of(desk: Desk, mutation: Mutation) -> Photo:
    """A photo of the mutation's order."""
    photo = desk.db.get(Photo, mutation.id("photo"))
    if photo is None or photo.repair_order_id != desk.order(mutation).id:
        raise Missing("photo", mutation.id("photo"))
    return photo


def detach(desk: Desk, mutation: Mutation) -> Applied:
    """`photo.detach`: a tombstone; the bytes stay thirty days (C5)."""
    photo = photo_of(desk, mutation)
    if photo.detached_at:
        raise Superseded
    photo.detached_at, photo.detached_by_id = mutation.at, mutation.author
    return Applied({})


def draw(desk: Desk, mutation: Mutation) -> Applied:
    """`photo.mark`: a layer over the picture, the picture stays."""
    photo_of(desk, mutation).marks = marks(mutation)
    return Applied({})


HANDLERS = {"photo.attach": attach, "photo.detach": detach, "photo.mark": draw}
