"""Every route of the house, with addresses that point at real things of the first store."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from sqlalchemy.orm import Session

from app.domain.office.staff import Role
from app.domain.reception.repair_order import OrderStatus
from app.models.base import new_id
from app.models.reception.reception import DamageMark
from tests import builders as b
from tests.builders import save

STREAMS = ("/events",)  # server-sent events never end; their guard is the same


@dataclass(frozen=True)
class Stop:
    """One method of one route."""

    method: str
    path: str
    handler: HTTPRouteHandler = field(compare=False)

    @property
    def roles(self) -> frozenset[Role]:
        """Who may ask."""
        return frozenset(self.handler.opt.get("roles", frozenset()))

    @property
    def is_public(self) -> bool:
        """Whether it stands outside the staff's guard."""
        return bool(self.handler.opt.get("public"))

    @property
    def is_stream(self) -> bool:
        """Whether the answer never ends."""
        return self.path.endswith(STREAMS)

    def url(self, things: dict[str, Any] | None = None) -> str:
        """An address: of real things, or of nothing that exists."""
        def fill(match: re.Match[str]) -> str:
            name, kind = match["name"], match["kind"]
            if things and name in things:
                return str(things[name])
            return str(new_id()) if kind == "uuid" else "0" * 64 if kind == "str" else "1"
        return re.sub(r"{(?P<name>\w+):(?P<kind>\w+)}", fill, self.path)

    def __str__(self) -> str:
        """As it stands in a report."""
        return f"{self.method} {self.path}"


def stops(app: Litestar) -> Iterator[Stop]:
    """Every method of every route, in a fixed order."""
    for route in sorted(app.routes, key=lambda one: one.path):
        for handler in getattr(route, "route_handlers", []):
            for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
                yield Stop(method, route.path, handler)


def things_of_the_first_store(db: Session) -> dict[str, UUID]:
    """One kept thing for every kind of id that stands in an address."""
    advisor, technician = b.staff(Role.ADVISOR), b.staff(Role.TECHNICIAN)
    save(db, advisor, technician)
    arrival = b.reception()
    mark: DamageMark = b.damage_mark(arrival)
    order = b.repair_order(reception=arrival, advisor=advisor, status=OrderStatus.READY)
    part = b.part(order.lines[0])
    add_on = b.add_on(repair_order=order, proposed_by_id=technician.id)
    bid = b.estimate(repair_order=order)
    link = b.capability_link(estimate=bid)
    check_up = b.inspection(repair_order=order)
    check = b.quality_check(repair_order=order, inspector_id=technician.id)
    bill = b.settlement(repair_order=order, prepared_by_id=advisor.id)
    save(db, order)
    found = b.in_store(b.Finding, inspection_id=check_up.id, repair_order_id=order.id, vehicle_id=order.vehicle.id,
                       point_id="front_pad")
    save(db, found)
    picture = b.photo(mark)
    call = b.follow_up(customer=order.customer)
    seen = b.login_session(advisor)
    save(db, picture, call, seen)
    extra = more_things(db, order, add_on, bid, bill, advisor)
    kept = {
        "order": order, "reception": arrival, "mark": mark, "customer": order.customer, "vehicle": order.vehicle,
        "line": order.lines[0], "row": part, "add_on": add_on, "estimate": bid, "link": link, "check": check,
        "settlement": bill, "finding": found, "inspection": check_up, "photo": picture, "follow_up": call,
        "session": seen, "staff": advisor,
    }
    return {f"{name}_id": thing.id for name, thing in kept.items()} | extra


def more_things(db: Session, order: Any, add_on: Any, bid: Any, bill: Any, advisor: Any) -> dict[str, UUID]:
    """Things without a builder of their own."""
    from app.models.approval.approval import LineQuestion
    from app.models.office.document import Document
    from app.models.office.settlement import SettlementLine
    from app.models.workshop.device import Device

    question = b.in_store(LineQuestion, estimate_id=bid.id, add_on_id=add_on.id, asked_at=b.NOON, text="能等吗")
    paper = b.in_store(Document, kind="settlement", number=bill.number, repair_order_id=order.id, subject_id=bill.id,
                       content_sha256="0" * 64, wanted_at=b.NOON)
    row = b.in_store(SettlementLine, settlement_id=bill.id, line_id=order.lines[0].id, position=1, basis="WT", agreed_fen=9_000,
                     labour_fen=9_000, parts_fen=0, charged_fen=9_000)
    phone = b.in_store(Device, staff_id=advisor.id, credential_sha256=new_id().hex, expires_at=b.NOON, enrolled_at=b.NOON)
    save(db, question, paper, row, phone)
    return {"question_id": question.id, "document_id": paper.id, "device_id": phone.id, "settlement_line_id": row.id}
