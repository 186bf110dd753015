"""What the shop knows of the phones' logs: receipts, places in a log, heads that moved."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, inspect, or_, select, update
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.workshop.mutation import KEPT_WAITING, WAITS_FOR_A_PERSON, Verdict
from app.models.office.staff import Staff
from app.models.reception.repair_order import Assignment, RepairOrder
from app.models.reception.vehicle import Vehicle
from app.models.revision import STORE
from app.models.workshop.device import Device, SyncHead, SyncReceipt, SyncSeq
from app.models.workshop.inspection import Finding, Reading
from app.models.workshop.photo import Photo

LATER = ("settled_at", "settled_by_id", "settled_note")  # when a person has looked
WORTH_A_LOOK = ("late", "removed_line", "lower_odometer", "duplicate_work")  # applied, and yet somebody should know


def was_assigned(db: Session, order_id: UUID, staff_id: UUID) -> bool:
    """Whether this person is or ever was on the order."""
    statement = select(Assignment.id).where(
        Assignment.repair_order_id == order_id, Assignment.technician_id == staff_id
    )
    return db.scalar(statement.limit(1)) is not None


def receipts(db: Session, mids: Iterable[UUID]) -> dict[UUID, SyncReceipt]:
    """What became of these mutations, by id."""
    return {row.mid: row for row in db.scalars(select(SyncReceipt).where(SyncReceipt.mid.in_(list(mids))))}


def places(db: Session, device_id: UUID, seqs: Iterable[int]) -> dict[int, UUID]:
    """Which mutation stands at these places of a device's log."""
    statement = select(SyncSeq.seq, SyncSeq.mid).where(SyncSeq.device_id == device_id, SyncSeq.seq.in_(list(seqs)))
    return {row.seq: row.mid for row in db.execute(statement)}


def keep_places(db: Session, device_id: UUID, filled: list[tuple[int, UUID]]) -> None:
    """Write these places of a device's log."""
    if filled:
        db.execute(insert(SyncSeq), [{"device_id": device_id, "seq": seq, "mid": mid} for seq, mid in filled])


def keep_receipts(db: Session, fresh: list[SyncReceipt]) -> None:
    """Write new receipts; by columns, as nothing asks for them again in this transaction."""
    names = [column.key for column in inspect(SyncReceipt).column_attrs if column.key not in LATER]
    db.execute(insert(SyncReceipt), [{name: getattr(receipt, name) for name in names} for receipt in fresh])


def held(db: Session, store_id: UUID) -> dict[str, list[SyncReceipt]]:
    """Mutations that wait for something, by what they wait for, oldest first."""
    statement = select(SyncReceipt).where(SyncReceipt.store_id == store_id, SyncReceipt.status == Verdict.HELD)
    waiting: dict[str, list[SyncReceipt]] = {}
    for receipt in db.scalars(statement.order_by(SyncReceipt.received_at, SyncReceipt.seq)):
        waiting.setdefault(receipt.code, []).append(receipt)
    return waiting


def park_overdue(db: Session, store_id: UUID, now: datetime) -> None:
    """What has waited for five days is put before a person (C25)."""
    db.execute(
        update(SyncReceipt)
        .where(SyncReceipt.store_id == store_id, SyncReceipt.status == Verdict.HELD,
               SyncReceipt.received_at < now - KEPT_WAITING)
        .values(status=Verdict.PARKED)
    )


def stamp_findings(db: Session, finding_ids: list[UUID], rev: int) -> None:
    """Remember under which revision these were read last: who has not seen it was there at the same time (C1)."""
    statement = update(Finding).where(Finding.id.in_(finding_ids)).values(rev=rev)
    db.execute(statement, execution_options={"synchronize_session": False})


def heads(db: Session, store_id: UUID, staff_id: UUID, *, above: int, upto: int, limit: int) -> list[Any]:
    """What moved for a technician since a revision, oldest first; never half of a revision."""
    wanted = (
        SyncHead.store_id == store_id, SyncHead.audience.in_((f"staff:{staff_id}", STORE)),
        SyncHead.rev > above, SyncHead.rev <= upto,
    )
    columns = (SyncHead.entity, SyncHead.rev, SyncHead.gone)
    rows = list(db.execute(select(*columns).where(*wanted).order_by(SyncHead.rev, SyncHead.entity).limit(limit)))
    if len(rows) < limit:
        return rows
    last = rows[-1].rev
    same = db.execute(select(*columns).where(*wanted, SyncHead.rev == last).order_by(SyncHead.entity)).all()
    return [row for row in rows if row.rev < last] + list(same)


def may_see_order(db: Session, store_id: UUID, staff_id: UUID, order_id: UUID) -> bool:
    """Whether an order is or was on this technician's phone."""
    return db.get(SyncHead, (store_id, f"staff:{staff_id}", f"ro:{order_id}")) is not None


def photo_for(db: Session, store_id: UUID, staff_id: UUID, photo_id: UUID) -> Photo:
    """A photo of a car this technician works or worked on."""
    photo = db.get(Photo, photo_id)
    order_id = photo.repair_order_id or order_of_reception(db, photo.target_id) if photo else None
    if photo is None or photo.store_id != store_id or order_id is None:
        raise NotFound("This photo is not here, or not yours to see.")
    if not may_see_order(db, store_id, staff_id, order_id):
        raise NotFound("This photo is not here, or not yours to see.")
    return photo


def order_of_reception(db: Session, reception_id: UUID) -> UUID | None:
    """The order written at an arrival."""
    return db.scalar(select(RepairOrder.id).where(RepairOrder.reception_id == reception_id))


def to_look_at(db: Session, store_id: UUID, limit: int = 200) -> list[Any]:
    """Records of phones that wait for a person, oldest first, with whose and of which car."""
    statement = (
        select(
            SyncReceipt.mid, SyncReceipt.type, SyncReceipt.status, SyncReceipt.code, SyncReceipt.message,
            SyncReceipt.facts, SyncReceipt.payload, SyncReceipt.received_at, SyncReceipt.stream, Staff.name,
            Device.label,
        )
        .join(Device, Device.id == SyncReceipt.device_id)
        .join(Staff, Staff.id == Device.staff_id)
        .where(
            SyncReceipt.store_id == store_id, SyncReceipt.settled_at.is_(None),
            or_(SyncReceipt.status.in_(WAITS_FOR_A_PERSON), SyncReceipt.code.in_(WORTH_A_LOOK)),
        )
        .order_by(SyncReceipt.received_at, SyncReceipt.seq)
        .limit(limit)
    )
    return list(db.execute(statement))


def cars(db: Session, store_id: UUID, order_ids: Iterable[UUID]) -> dict[UUID, Any]:
    """Number, plate and model of these orders."""
    statement = (
        select(RepairOrder.id, RepairOrder.number, Vehicle.plate, Vehicle.model_name)
        .join(Vehicle, Vehicle.id == RepairOrder.vehicle_id)
        .where(RepairOrder.store_id == store_id, RepairOrder.id.in_(list(order_ids)))
    )
    return {row.id: row for row in db.execute(statement)}


def two_readings(db: Session, store_id: UUID) -> list[Any]:
    """Every reading of the findings two technicians disagree on (C1, C3)."""
    statement = (
        select(
            Finding.id.label("finding_id"), Finding.point_id, Finding.position, Finding.title, Finding.unit,
            Finding.repair_order_id, Finding.inspection_id, Reading.id.label("reading_id"), Reading.grade,
            Reading.value, Reading.taken_at, Staff.name,
        )
        .join(Reading, Reading.finding_id == Finding.id)
        .outerjoin(Staff, Staff.id == Reading.taken_by_id)
        .where(Finding.store_id == store_id, Finding.has_two_readings)
        .order_by(Finding.id, Reading.received_at, Reading.id)
    )
    return list(db.execute(statement))
