"""Where a batch from a phone is worked through: the mutation as it is read, and the things it speaks of, loaded once."""

import math
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain.errors import NotAllowed
from app.domain.history import Actor
from app.domain.workshop.mutation import Malformed, Missing, corrected
from app.models.office.staff import Staff
from app.models.reception.order_line import OrderLine
from app.models.reception.repair_order import RepairOrder
from app.models.workshop import inspection_queries, sync_queries
from app.models.workshop.inspection import Finding, Inspection
from app.models.workshop.inspection_queries import Sheet


@dataclass(frozen=True)
class Mutation:
    """One mutation as the phone wrote it, with its time by the shop's clock."""

    mid: UUID
    type: str
    v: int
    stream: str
    author: UUID
    args: dict[str, Any]
    base_rev: int
    at: datetime
    boot: str
    mono_ms: int
    tmpl_v: int
    device_id: UUID

    def text(self, name: str, *, limit: int = 2000) -> str:
        """A text among its facts, empty where there is none."""
        value = self.args.get(name)
        return str(value).strip()[:limit] if value is not None else ""

    def id(self, name: str) -> UUID:
        """An id among its facts."""
        return as_uuid(self.args.get(name), name)

    def number(self, name: str) -> float | None:
        """A number among its facts; no number at all is None."""
        value = self.args.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise Malformed(f"{name} is no number")
        return float(value)


def as_uuid(value: object, name: str) -> UUID:
    """An id, or the mutation can't be read."""
    try:
        return uuid_in(str(value))
    except ValueError as error:
        raise Malformed(f"{name} is no id") from error


@lru_cache(4096)
def uuid_in(text: str) -> UUID:
    """An id as it is written; a batch names the same few again and again."""
    return UUID(text)


def as_moment(value: object) -> datetime:
    """A moment with its zone, or the mutation can't be read."""
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise Malformed("no time") from error
    if at.tzinfo is None:
        raise Malformed("a time without its zone")
    return at


def read(envelope: dict[str, Any], *, device_id: UUID, offset_ms: int, now: datetime) -> Mutation:
    """The mutation in an envelope; raises Malformed."""
    args = envelope.get("args")
    if not isinstance(args, dict):
        raise Malformed("args")
    at = corrected(as_moment(envelope.get("at_wall")), offset_ms=offset_ms, now=now)
    return Mutation(
        mid=as_uuid(envelope.get("mid"), "mid"), type=str(envelope.get("type")), v=int(envelope.get("v") or 1),
        stream=str(envelope.get("stream")), author=as_uuid(envelope.get("author"), "author"), args=args,
        base_rev=int(envelope.get("base_rev") or 0), at=at, boot=str(envelope.get("boot") or ""),
        mono_ms=int(envelope.get("at_mono_ms") or 0), tmpl_v=int(envelope.get("tmpl_v") or 0), device_id=device_id,
    )


@dataclass
class Desk:
    """The things of one batch, each loaded once, all of one store."""

    db: Session
    store_id: UUID
    now: datetime
    orders: dict[UUID, RepairOrder] = field(default_factory=dict)
    assigned: dict[tuple[UUID, UUID], bool] = field(default_factory=dict)
    sheets: dict[UUID, Sheet] = field(default_factory=dict)
    people: dict[UUID, Staff] = field(default_factory=dict)
    read_findings: list[UUID] = field(default_factory=list)

    def forget(self) -> None:
        """After a rollback nothing loaded is to be trusted."""
        self.orders.clear()
        self.sheets.clear()

    def staff(self, staff_id: UUID) -> Staff:
        """A person of the house."""
        if staff_id not in self.people:
            self.people[staff_id] = self.db.get_one(Staff, staff_id)
        return self.people[staff_id]

    def actor(self, mutation: Mutation) -> Actor:
        """Who did it."""
        return self.staff(mutation.author).actor

    def order(self, mutation: Mutation) -> RepairOrder:
        """The order a mutation belongs to; only for those who are or were on it (C11), and one batch at a time."""
        order_id = as_uuid(mutation.stream.removeprefix("ro:"), "stream")
        if order_id not in self.orders:
            order = self.db.get(RepairOrder, order_id, with_for_update=True)
            if order is None or order.store_id != self.store_id:
                raise Missing("ro", order_id)
            self.orders[order_id] = order
        who = (order_id, mutation.author)
        if who not in self.assigned:
            self.assigned[who] = sync_queries.was_assigned(self.db, *who)
        if not self.assigned[who]:
            raise NotAllowed("You were never assigned to this car. Ask the workshop manager.")
        return self.orders[order_id]

    def sheet(self, mutation: Mutation) -> Sheet:
        """The inspection sheet a mutation writes on."""
        order = self.order(mutation)
        inspection_id = mutation.id("insp")
        if inspection_id not in self.sheets:
            inspection = self.db.get(Inspection, inspection_id)
            if inspection is None or inspection.repair_order_id != order.id:
                raise Missing("inspection", inspection_id)
            self.sheets[inspection_id] = inspection_queries.sheet(self.db, inspection)
        return self.sheets[inspection_id]

    def finding(self, mutation: Mutation, finding_id: UUID) -> Finding:
        """A finding of the mutation's order, by any id a phone has for it."""
        order = self.order(mutation)
        for sheet in self.sheets.values():
            if finding_id in sheet.by_id and sheet.inspection.repair_order_id == order.id:
                return sheet.by_id[finding_id]
        finding = inspection_queries.finding_of(self.db, finding_id)
        if finding is None or finding.repair_order_id != order.id:
            raise Missing("finding", finding_id)
        return finding

    def line(self, mutation: Mutation, name: str = "line") -> OrderLine:
        """A line of the mutation's order."""
        order = self.order(mutation)
        line = self.db.get(OrderLine, mutation.id(name))
        if line is None or line.repair_order_id != order.id:
            raise Missing("line", mutation.id(name))
        return line
