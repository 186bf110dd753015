"""A log-in (登录): one browser of one person, which can be seen and cut off."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Noted, StoreRow
from app.models.office.staff import Staff
from app.models.office.store import Store


class LoginSession(Noted, StoreRow):
    """The cookie's hash, whose it is, in which store, on what device, until when."""

    __tablename__ = "login_session"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    device_name: Mapped[str]
    density: Mapped[str] = mapped_column(default="desk")  # touch on an enrolled tablet
    address: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    staff: Mapped[Staff] = relationship(lazy="joined")
    store: Mapped[Store] = relationship(lazy="joined")
