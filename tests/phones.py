"""A technician's phone as the tests hold it: a log that is written first and pushed then."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy.orm import Session

from app.domain.office.staff import Role
from app.domain.workshop.device import CREDENTIAL_LIFE
from app.models.base import new_id
from app.models.office.staff import Staff
from app.models.reception.repair_order import RepairOrder
from app.models.workshop.device import Device
from app.models.workshop.inspection_queries import begin_inspection
from app.security import sha256
from tests.builders import NOON, STORE_ID, assignment, repair_order, save, staff
from tests.house import House


@dataclass
class Phone:
    """One person's app: its credential, its place in the log, and what it asks."""

    house: House
    staff_id: UUID
    device_id: str
    token: str
    next_seq: int = 1
    last_mid: str | None = None
    base_rev: int = 0
    mono: Iterator[int] = field(default_factory=lambda: itertools.count(1000, 1000))

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Ask as the app does."""
        headers = {"cookie": f"bay={self.token}", "x-bay": "1", **options.pop("headers", {})}
        answer = self.house.client.request(method, path, headers=headers, follow_redirects=False, **options)
        self.house.client.cookies.clear()
        return answer

    def write(self, type: str, order: UUID | str, args: dict[str, Any], **facts: Any) -> dict[str, Any]:
        """Write one mutation into the log, as the phone does before anything is sent."""
        envelope = {
            "mid": str(new_id()), "seq": self.next_seq, "prev": self.last_mid, "type": type, "v": 1,
            "stream": f"ro:{order}", "author": str(self.staff_id), "args": args, "base_rev": self.base_rev, "deps": [],
            "blobs": [], "at_wall": self.house.clock.now.isoformat(), "at_mono_ms": next(self.mono), "boot": "b1",
            "tmpl_v": 1, "build": "test", **facts,
        }
        self.next_seq, self.last_mid = self.next_seq + 1, envelope["mid"]
        return envelope

    def push(self, *envelopes: dict[str, Any], **facts: Any) -> dict[str, Any]:
        """Send a batch; the answer has to be one that counts."""
        answer = self.send(*envelopes, **facts)
        assert answer.status_code == 200, answer.text
        assert answer.headers["x-bay"] == "1"
        return answer.json()  # type: ignore[no-any-return]

    def send(self, *envelopes: dict[str, Any], **facts: Any) -> httpx.Response:
        """Send a batch, whatever comes."""
        body = {"device_id": self.device_id, "build": "test", "offset_ms": 0, "mutations": list(envelopes),
                "pending": {"mutations": len(envelopes), "blobs": 0, "oldest_at": None}, **facts}
        return self.request("POST", "/sync/push", json=body)

    def do(self, type: str, order: UUID | str, args: dict[str, Any], **facts: Any) -> dict[str, Any]:
        """Write and send one mutation; gives its verdict."""
        return self.push(self.write(type, order, args, **facts))["verdicts"][0]  # type: ignore[no-any-return]

    def pull(self, timeline: str = "", rev: int = 0, **query: Any) -> dict[str, Any]:
        """What moved since the cursor."""
        answer = self.request("GET", "/sync/pull", params={"device_id": self.device_id, "timeline": timeline, "rev": rev,
                                                           **query})
        assert answer.status_code == 200, answer.text
        return answer.json()  # type: ignore[no-any-return]

    def doc(self, order: UUID | str) -> dict[str, Any]:
        """One order as the phone gets it whole."""
        docs = {doc["key"]: doc["data"] for doc in self.pull()["docs"]}
        return docs[f"ro:{order}"]  # type: ignore[no-any-return]

    def clone(self) -> "Phone":
        """The same app restored from a backup onto a second phone."""
        return replace(self, mono=itertools.count(1000, 1000))


@dataclass
class Floor:
    """A signed order with its inspection laid out, and who works on it."""

    order_id: UUID
    insp: str
    line_id: str
    vehicle_id: UUID


def phone_for(house: House, staff_id: UUID, **facts: Any) -> Phone:
    """An enrolled phone of somebody."""
    token = new_id().hex
    with house.database.writing() as db:
        person = db.get_one(Staff, staff_id)
        device = Device(store_id=person.store_id, staff_id=staff_id, label="test", credential_sha256=sha256(token),
                        expires_at=house.clock.now + CREDENTIAL_LIFE, enrolled_at=house.clock.now, **facts)
        db.add(device)
        return Phone(house, staff_id, str(device.id), token)


def technician(house: House, *roles: Role, store_id: UUID = STORE_ID) -> Phone:
    """A new technician with an enrolled phone."""
    person = staff(*(roles or (Role.TECHNICIAN,)), store_id=store_id)
    with house.database.writing() as db:
        db.add(person)
    return phone_for(house, person.id)


def floor(house: House, *phones: Phone, **facts: Any) -> Floor:
    """A signed order these technicians are on, with its inspection list laid out."""
    with house.database.writing() as db:
        order = repair_order(**facts)
        save(db, order)
        for phone in phones:
            put_on(db, order, phone.staff_id)
        sheet = begin_inspection(db, order, NOON)
        db.flush()
        return Floor(order.id, str(sheet.id), str(order.lines[0].id), order.vehicle_id)


def put_on(db: Session, order: RepairOrder, staff_id: UUID) -> None:
    """One more technician on the order."""
    person = db.get_one(Staff, staff_id)
    db.add(assignment(order, person))
    db.flush()


def pad(floor: Floor, value: float | None = 1.6, rating: str = "replace", **facts: Any) -> dict[str, Any]:
    """The arguments of one reading: the left front pad, worn to 1.6 mm."""
    return {"insp": floor.insp, "finding": str(new_id()), "item": "front_brake_pad", "position": "FL",
            "rating": rating, "value": value, "moment": "maintenance", **facts}
