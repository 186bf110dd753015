"""The demo's photographs: each drawn picture is taken in once, like a phone's, and referred to as often as needed."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from app import photos
from app.models.office.staff import Staff
from app.models.reception.repair_order import RepairOrder
from app.models.workshop import photo_queries
from app.models.workshop.photo import Photo
from app.photos import TakenPhoto
from app.storage import FileStore

PICTURES = Path(__file__).parent / "pictures"


class PictureBox:
    """Pictures by name, from app/demo/pictures."""

    def __init__(self, files: FileStore) -> None:
        self.files = files
        self.taken: dict[str, TakenPhoto] = {}

    def take(
        self, db: Session, name: str, target: str, target_id: UUID, *, order: RepairOrder, by: Staff, at: datetime
    ) -> Photo:
        """A photo of a thing of this order."""
        if name not in self.taken:
            self.taken[name] = photos.take_in(self.files, (PICTURES / f"{name}.jpg").read_bytes())
            photo_queries.keep_bytes(db, self.taken[name], store_id=order.store_id, device_id=None, at=at)
        photo = Photo(
            store_id=order.store_id, repair_order_id=order.id, target=target, target_id=target_id, taken_by_id=by.id,
            received_sha256=self.taken[name].received_sha256, taken_at=at, received_at=at, origin="camera", marks=[],
        )
        return photo_queries.add_photo(db, photo)
