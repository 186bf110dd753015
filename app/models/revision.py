"""Every change to an order, whoever makes it, moves the phones' cursor: one session hook stamps it (offline.md §2.4)."""

from typing import Any
from uuid import UUID

from sqlalchemy import event, select, update
from sqlalchemy.orm import Session, object_session

from app.models.approval.estimate import EstimateVersion
from app.models.office.store import StoreSetting
from app.models.reception.repair_order import Assignment, RepairOrder
from app.models.workshop.catalogue import Operation, OperationAlias
from app.models.workshop.device import SyncCounter, SyncHead
from app.models.workshop.inspection import InspectionTemplate

STORE = "store"  # the audience that everybody of a store is


def order_id_of(thing: Any) -> UUID | None:
    """The repair order a changed row belongs to, if any."""
    if isinstance(thing, RepairOrder):
        return thing.id
    if order_id := getattr(thing, "repair_order_id", None):
        return order_id  # type: ignore[no-any-return]
    for parent in ("repair_order", "line", "finding", "estimate", "settlement", "inspection"):
        owner = getattr(thing, parent, None) if hasattr(type(thing), parent) else None
        if owner is not None and (order_id := order_id_of(owner)):
            return order_id
    if isinstance(thing, EstimateVersion):
        return thing.estimate.repair_order_id
    return None


def list_of(thing: Any) -> str | None:
    """The list on every phone of the store that a changed row belongs to, if any."""
    if isinstance(thing, InspectionTemplate):
        return f"list:template:{thing.id}"
    if isinstance(thing, (Operation, OperationAlias)):
        return "list:operations"
    return "list:settings" if isinstance(thing, StoreSetting) else None


@event.listens_for(Session, "before_flush")
def attach_lines_of_new_things(session: Session, _context: Any, _instances: Any) -> None:
    """A thing made and changed before it met the session brings its lines of history along."""
    for thing in list(session.new):
        for line in thing.__dict__.get("_lines", ()):
            if object_session(line) is None:
                session.add(line)


@event.listens_for(Session, "after_flush")
def remember_touched_orders(session: Session, _context: Any) -> None:
    """Collect the orders this transaction touches."""
    touched = session.info.setdefault("touched_orders", {})
    for thing in (*session.new, *session.dirty, *session.deleted):
        if isinstance(thing, (SyncHead, SyncCounter)) or not hasattr(thing, "store_id"):
            continue
        if entity := list_of(thing):
            session.info.setdefault("touched_lists", set()).add((thing.store_id, entity))
        if order_id := order_id_of(thing):
            touched[order_id] = thing.store_id


@event.listens_for(Session, "before_commit")
def stamp_touched_orders(session: Session) -> None:
    """Bump the store's counter last in the transaction and stamp what was touched for those who see it."""
    if session.in_nested_transaction():
        return  # a savepoint is not a commit
    session.flush()
    orders: dict[UUID, UUID] = session.info.pop("touched_orders", {})
    lists: set[tuple[UUID, str]] = session.info.pop("touched_lists", set())
    for order_id, store_id in orders.items():
        stamp(session, store_id, order_id, rev_of(session, store_id))
    for store_id, entity in lists:
        session.merge(SyncHead(store_id=store_id, audience=STORE, entity=entity, rev=rev_of(session, store_id), gone=False))
    session.flush()
    session.info.pop("revs", None)
    session.info.pop("touched_orders", None)
    session.info.setdefault("stamped", []).extend((store_id, order_id) for order_id, store_id in orders.items())


def rev_of(session: Session, store_id: UUID) -> int:
    """The revision this transaction gives to all it touches in a store; taken from the counter when first asked for."""
    revs: dict[UUID, int] = session.info.setdefault("revs", {})
    if store_id not in revs:
        revs[store_id] = bump(session, store_id)
    return revs[store_id]


def bump(session: Session, store_id: UUID) -> int:
    """The next revision of a store; its row stays locked until the commit, so revisions appear in order."""
    statement = update(SyncCounter).where(SyncCounter.store_id == store_id).values(n=SyncCounter.n + 1)
    found = session.execute(statement.returning(SyncCounter.n)).scalar()
    if found is None:
        session.add(SyncCounter(store_id=store_id, n=1))
        session.flush()
        return 1
    return int(found)


def stamp(session: Session, store_id: UUID, order_id: UUID, rev: int) -> None:
    """Mark the order as changed for everyone who has ever been on it; gone for those taken off."""
    rows = session.execute(
        select(Assignment.technician_id, Assignment.ended_at).where(Assignment.repair_order_id == order_id)
    ).all()
    active = {row.technician_id for row in rows if row.ended_at is None}
    for technician_id in {row.technician_id for row in rows}:
        head = SyncHead(store_id=store_id, audience=f"staff:{technician_id}", entity=f"ro:{order_id}", rev=rev,
                        gone=technician_id not in active)
        session.merge(head)
    session.info.setdefault("told_staff", set()).update(row.technician_id for row in rows)
