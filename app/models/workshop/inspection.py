"""The inspection (检查): its template, what was found at each point, and every reading ever taken."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Float, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.workshop.inspection import Grade
from app.models.base import Noted, StoreRow

if TYPE_CHECKING:
    from app.models.office.staff import Staff
    from app.models.reception.repair_order import RepairOrder
    from app.models.workshop.photo import Photo


class InspectionTemplate(StoreRow):
    """One version of a list of points; never changed once used, a new version is a new row."""

    __tablename__ = "inspection_template"
    __table_args__ = (UniqueConstraint("store_id", "kind", "version"),)

    kind: Mapped[str]  # general, or targeted:<rule>
    version: Mapped[int]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    content: Mapped[dict[str, Any]]  # {zones: [...], points: [...], positions: {...}} as in content/inspection.json
    made_at: Mapped[datetime]


class Inspection(Noted, StoreRow):
    """One check of one car."""

    __tablename__ = "inspection"

    repair_order_id: Mapped[UUID] = mapped_column(ForeignKey("repair_order.id"), index=True)
    template_id: Mapped[UUID] = mapped_column(ForeignKey("inspection_template.id"))
    specs: Mapped[dict[str, Any]] = mapped_column(default=dict)  # values read from this car: label pressure …
    made_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    finished_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    was_too_fast: Mapped[bool] = mapped_column(default=False)  # C-06

    repair_order: Mapped["RepairOrder"] = relationship(back_populates="inspections")
    template: Mapped[InspectionTemplate] = relationship()
    findings: Mapped[list["Finding"]] = relationship(back_populates="inspection")

    @property
    def history_order_id(self) -> UUID:
        """Its lines of history are gathered under the order."""
        return self.repair_order_id or self.repair_order.id


class Finding(Noted, StoreRow):
    """What stands at one point and position of one inspection now (R-CORE-12)."""

    __tablename__ = "finding"
    __table_args__ = (Index("ix_finding_inspection_point", "inspection_id", "point_id", "position", unique=True),)

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspection.id"))
    repair_order_id: Mapped[UUID] = mapped_column(ForeignKey("repair_order.id"), index=True)
    vehicle_id: Mapped[UUID] = mapped_column(ForeignKey("vehicle.id"), index=True)
    point_id: Mapped[str]
    position: Mapped[str] = mapped_column(default="")  # FL, FR …, empty once per car
    grade: Mapped[Grade] = mapped_column(default=Grade.NOT_CHECKED)
    proposed_grade: Mapped[Grade | None]
    differ_reason: Mapped[str] = mapped_column(default="")
    not_checked_reason: Mapped[str] = mapped_column(default="")
    value: Mapped[float | None] = mapped_column(Float)
    unit: Mapped[str] = mapped_column(default="")
    moment: Mapped[str] = mapped_column(default="maintenance")  # maintenance, repair, test_drive, quality_check
    mileage_km: Mapped[int] = mapped_column(default=0)
    taken_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    taken_at: Mapped[datetime | None]
    has_two_readings: Mapped[bool] = mapped_column(default=False)  # C1
    is_late: Mapped[bool] = mapped_column(default=False)  # C6, C17
    is_off_template: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(default="")  # for a finding outside the template
    zone: Mapped[str] = mapped_column(default="")  # likewise
    rev: Mapped[int] = mapped_column(default=0)  # of its last reading: who did not see it yet was there at the same time

    inspection: Mapped[Inspection] = relationship(back_populates="findings")
    taken_by: Mapped["Staff | None"] = relationship()
    readings: Mapped[list["Reading"]] = relationship(back_populates="finding", order_by="Reading.received_at")
    notes: Mapped[list["FindingNote"]] = relationship(back_populates="finding", order_by="FindingNote.at")
    photos: Mapped[list["Photo"]] = relationship(
        primaryjoin="and_(foreign(Photo.target_id) == Finding.id, Photo.detached_at.is_(None))",
        order_by="Photo.taken_at",
        viewonly=True,
    )

    @property
    def history_order_id(self) -> UUID:
        """Its lines of history are gathered under the order."""
        return self.repair_order_id


class Reading(StoreRow):
    """One reading as it was taken; insert-only, so that two technicians' values both stay (C1–C3)."""

    __tablename__ = "reading"

    finding_id: Mapped[UUID] = mapped_column(ForeignKey("finding.id"), index=True)
    grade: Mapped[Grade]
    value: Mapped[float | None] = mapped_column(Float)
    differ_reason: Mapped[str] = mapped_column(default="")
    taken_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    device_id: Mapped[UUID | None]
    taken_at: Mapped[datetime]  # corrected phone time
    received_at: Mapped[datetime]
    template_version: Mapped[int] = mapped_column(default=0)

    finding: Mapped[Finding] = relationship(back_populates="readings")


class FindingAlias(StoreRow):
    """The id a phone made for a finding the shop already had under another (two phones, one point)."""

    __tablename__ = "finding_alias"

    finding_id: Mapped[UUID] = mapped_column(ForeignKey("finding.id"), index=True)


class FindingNote(StoreRow):
    """A technician's words on a finding; append-only (C4)."""

    __tablename__ = "finding_note"

    finding_id: Mapped[UUID] = mapped_column(ForeignKey("finding.id"), index=True)
    text: Mapped[str]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    by_name: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]

    finding: Mapped[Finding] = relationship(back_populates="notes")
