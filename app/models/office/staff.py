"""Staff (员工) and the roles they hold in each store."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.history import Actor
from app.domain.office.staff import Role
from app.models.base import Base, Noted, Row


class Staff(Noted, Row):
    """A person who works here; may belong to several stores and hold several roles."""

    __tablename__ = "staff"

    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"), index=True)  # the home store
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    initials: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str]
    language: Mapped[str] = mapped_column(default="zh_CN")
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    roles: Mapped[list["StaffRole"]] = relationship(back_populates="staff", cascade="all, delete-orphan")

    @property
    def actor(self) -> Actor:
        """This person as the one who acts."""
        return Actor(self.name, self.id)

    def roles_in(self, store_id: UUID) -> set[Role]:
        """The roles held in that store."""
        return {row.role for row in self.roles if row.store_id == store_id}


class StaffRole(Base):
    """One role of one person in one store."""

    __tablename__ = "staff_role"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)

    staff: Mapped[Staff] = relationship(back_populates="roles")
