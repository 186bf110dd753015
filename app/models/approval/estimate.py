"""An estimate (报价单) and its frozen versions: what the customer is shown is kept, never computed again."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.approval.estimate import EstimateStatus
from app.models.base import Noted, StoreRow

if TYPE_CHECKING:
    from app.models.approval.approval import Approval
    from app.models.approval.capability_link import CapabilityLink
    from app.models.office.staff import Staff
    from app.models.reception.repair_order import RepairOrder


class Estimate(Noted, StoreRow):
    """One round of add-ons put to the customer."""

    __tablename__ = "estimate"

    repair_order_id: Mapped[UUID] = mapped_column(ForeignKey("repair_order.id"), index=True)
    round_no: Mapped[int]
    number: Mapped[str]
    status: Mapped[EstimateStatus] = mapped_column(default=EstimateStatus.DRAFT)
    made_at: Mapped[datetime]
    valid_until: Mapped[datetime | None]  # the advisor's choice for the next version

    repair_order: Mapped["RepairOrder"] = relationship(back_populates="estimates")
    versions: Mapped[list["EstimateVersion"]] = relationship(
        back_populates="estimate", order_by="EstimateVersion.version_no"
    )
    links: Mapped[list["CapabilityLink"]] = relationship(back_populates="estimate")

    @property
    def history_order_id(self) -> UUID:
        """Its lines of history are gathered under the order."""
        return self.repair_order_id or self.repair_order.id

    @property
    def current(self) -> "EstimateVersion | None":
        """The version the link shows, if one was ever sent."""
        return self.versions[-1] if self.versions else None


class EstimateVersion(StoreRow):
    """A frozen version: canonical content and its hash; insert-only."""

    __tablename__ = "estimate_version"
    __table_args__ = (UniqueConstraint("estimate_id", "version_no"),)

    estimate_id: Mapped[UUID] = mapped_column(ForeignKey("estimate.id"), index=True)
    version_no: Mapped[int]
    payload: Mapped[str]  # canonical JSON (RFC 8785)
    content_sha256: Mapped[str] = mapped_column(index=True)
    total_fen: Mapped[int]
    before_fen: Mapped[int]
    promised_before: Mapped[datetime]
    promised_after: Mapped[datetime]
    valid_until: Mapped[datetime]
    reason_of_change: Mapped[str] = mapped_column(default="")
    published_by_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    published_at: Mapped[datetime]

    estimate: Mapped[Estimate] = relationship(back_populates="versions")
    published_by: Mapped["Staff"] = relationship()
    lines: Mapped[list["EstimateLine"]] = relationship(back_populates="version", order_by="EstimateLine.position")
    approvals: Mapped[list["Approval"]] = relationship(back_populates="version", order_by="Approval.decided_at")

    @property
    def short_hash(self) -> str:
        """The eight digits on page, message and paper, for the customer to compare."""
        return self.content_sha256[:8]


class EstimateLine(StoreRow):
    """One line of a frozen version; insert-only."""

    __tablename__ = "estimate_line"

    version_id: Mapped[UUID] = mapped_column(ForeignKey("estimate_version.id"), index=True)
    add_on_id: Mapped[UUID] = mapped_column(ForeignKey("order_line.id"), index=True)
    position: Mapped[int]
    total_fen: Mapped[int]
    content: Mapped[dict[str, Any]]  # the line exactly as it stands in the payload

    version: Mapped[EstimateVersion] = relationship(back_populates="lines")
