"""An estimate on its way to a customer, with real content: found, reviewed, frozen, linked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.approval import capability_link as links
from app.domain.workshop import add_on as add_on_rules
from app.domain.workshop.inspection import Grade
from app.models.approval import freeze
from app.models.approval.capability_link import CapabilityLink
from app.models.approval.estimate import Estimate, EstimateVersion
from app.models.office.numbers import next_number
from app.models.office.store import Store
from app.models.reception.repair_order import RepairOrder
from app.models.workshop.add_on import AddOn
from app.models.workshop.inspection import Inspection, InspectionTemplate
from app.models.workshop.photo import Blob, Photo
from app.security import new_token, sha256
from app.storage import FileStore
from tests.builders import (
    ADVISOR,
    INSPECTOR,
    NOON,
    STORE_ID,
    TECHNICIAN,
    add_on,
    finding,
    inspection,
    intake_contract,
    part,
    photo,
    reception,
    repair_order,
    save,
    staff,
    vehicle,
)
from tests.pictures import jpeg

MARKS = [{"kind": "ring", "x": 0.4, "y": 0.5, "rx": 0.1, "ry": 0.12}, {"kind": "arrow", "x": 0.5, "y": 0.4, "dx": 0.7, "dy": 0.2}]

LINES: list[dict[str, Any]] = [
    {"point": "front_brake_pad", "value": 1.8, "grade": Grade.REPLACE, "urgency": "must", "is_safety": True,
     "title_zh": "更换前刹车片（左右一副）", "title_en": "Replace front brake pads", "hours_x100": 120,
     "labour_fen": 21_600, "parts_fen": 68_000, "total_fen": 89_600, "extra_minutes": 40,
     "saw": "左前只剩 1.8 mm，右前 2.0 mm，到了厂家下限。", "if_waits": "刹车距离会变长；磨到底会划伤刹车盘。",
     "we_would_do": "换一副前刹车片，清洁并润滑卡钳导向销，装好后试车。", "can_wait_text": "不建议再等"},
    {"point": "tyre_tread_depth", "value": 2.1, "grade": Grade.WATCH, "urgency": "recommended", "is_safety": False,
     "title_zh": "更换前轮胎（2 条）", "title_en": "Replace two front tyres", "hours_x100": 60, "labour_fen": 10_800,
     "parts_fen": 112_000, "total_fen": 122_800, "extra_minutes": 35,
     "saw": "右前花纹深 2.1 mm，左前 2.3 mm，还没到 1.6 mm 的下限。", "if_waits": "晴天正常开没有问题；雨天抓地会差一些。",
     "we_would_do": "换两条前轮胎，做动平衡，调好四轮胎压。", "can_wait_text": "可以等。大约还能开 5,000 公里"},
    {"point": "", "value": None, "grade": Grade.WATCH, "urgency": "can_wait", "is_safety": False,
     "title_zh": "更换空调滤芯", "title_en": "Replace the cabin filter", "hours_x100": 20, "labour_fen": 3_600,
     "parts_fen": 13_800, "total_fen": 17_400, "extra_minutes": 10, "saw": "滤芯积灰较厚，夹着树叶，出风变小。",
     "if_waits": "不影响行车安全；空调风小，可能有异味。", "we_would_do": "换一只新滤芯，清理滤芯盒。",
     "can_wait_text": "可以等到下次保养"},
]


@dataclass
class Sent:
    """What a test needs to know of a sent estimate."""

    token: str
    link_id: UUID
    estimate_id: UUID
    order_id: UUID
    version_id: UUID
    line_ids: list[UUID]


def send(db: Session, files: FileStore, *, count: int = 3, at: datetime = NOON, facts: list[dict[str, Any]] | None = None,
         picture: bytes | None = None, **link_facts: Any) -> Sent:
    """An order of 滨江店 with that many reviewed add-ons, sent; the last four digits are 6021."""
    store = db.get_one(Store, STORE_ID)
    order = signed_order(db, at)
    template = template_of(db)
    with db.no_autoflush:
        check = inspection(repair_order=order, template=template, made_at=at, started_at=at)
        db.add(check)
    rows = facts or [LINES[n % len(LINES)] for n in range(count)]
    lines = [found(db, files, order, check, n, row, at, picture) for n, row in enumerate(rows, 1)]
    estimate = freeze.open_round(db, order, number=next_number(db, store, "estimate", at), at=at)
    db.refresh(order)
    version = freeze.freeze(db, estimate, lines, by=order.advisor.actor, at=at, reason="")
    token, link = link_for(db, estimate, at, **link_facts)
    return Sent(token, link.id, estimate.id, order.id, version.id, [line.id for line in version_lines(version, lines)])


def version_lines(version: EstimateVersion, lines: list[AddOn]) -> list[AddOn]:
    """The add-ons in the order the version shows them."""
    by_id = {line.id: line for line in lines}
    return [by_id[one.add_on_id] for one in version.lines]


def signed_order(db: Session, at: datetime) -> RepairOrder:
    """A signed order of the day with one agreed line of 90.00, promised in four hours."""
    for person in (ADVISOR, TECHNICIAN, INSPECTOR):
        known = staff(id=person.id, name=person.name, username=f"staff-{person.id.hex[-4:]}", phone="13900006188")
        if db.get(type(known), person.id) is None:
            db.add(known)
    db.flush()
    car = vehicle(mileage_km=45_210)
    order: RepairOrder = repair_order(
        reception=reception(vehicle=car, arrived_at=at), opened_at=at, promised_at=at + timedelta(hours=4), signed_at=at,
        number=f"BJ-{at:%y%m%d}-{new_token(4)}", advisor=db.get_one(type(staff()), ADVISOR.id),
    )
    save(db, order)
    contract = intake_contract(repair_order_id=order.id, signed_at=at)
    save(db, contract)
    return order


def template_of(db: Session) -> InspectionTemplate:
    """The store's own list."""
    return db.scalars(select(InspectionTemplate).where(InspectionTemplate.store_id == STORE_ID,
                                                       InspectionTemplate.kind == "general")).first()  # type: ignore[return-value]


def found(db: Session, files: FileStore, order: RepairOrder, check: Inspection, n: int, row: dict[str, Any],
          at: datetime, picture: bytes | None) -> AddOn:
    """One add-on with its finding and photo, reviewed by a second person."""
    with db.no_autoflush:
        seen, line = finding_and_line(order, check, n, row, at)
        db.add_all([seen, line])
    db.flush()
    db.add(kept_photo(db, files, seen, order, picture or jpeg(640 + n, 480), at))
    db.flush()
    add_on_rules.approve_review(line, by=INSPECTOR, at=at)
    return line


def finding_and_line(order: RepairOrder, check: Inspection, n: int, row: dict[str, Any], at: datetime) -> tuple[Any, AddOn]:
    """What was found, and the work put forward for it."""
    points = {point["id"] for point in check.template.content["points"]}
    point = row["point"] if row["point"] in points and n <= len(LINES) else ""
    seen = finding(inspection=check, point_id=point or f"own-{n}", position="FL" if n == 1 else ("FR" if point else ""),
                   grade=row["grade"], value=row["value"], unit="mm" if row["value"] else "", taken_by_id=TECHNICIAN.id,
                   taken_at=at)
    line = add_on(repair_order=order, finding=seen, proposed_at=at, guarantee_days=365, guarantee_km=20_000, system=f"system-{n}",
                  **{key: value for key, value in row.items() if key not in ("point", "value", "grade", "photos")})
    part(line, name_zh="配件", price_fen=line.parts_fen, amount_fen=line.parts_fen, part_id=None)
    return seen, line


def kept_photo(db: Session, files: FileStore, seen: Any, order: RepairOrder, content: bytes, at: datetime) -> Photo:
    """A picture whose bytes are here."""
    digest = files.put(content)
    if db.get(Blob, digest) is None:
        db.add(Blob(sha256=digest, size=len(content), media_type="image/jpeg", width=640, height=480, received_at=at))
        db.flush()
    return photo(seen, repair_order_id=order.id, blob_sha256=digest, thumb_sha256=digest, received_at=at, taken_at=at,
                 marks=MARKS)


def link_for(db: Session, estimate: Estimate, at: datetime, **facts: Any) -> tuple[str, CapabilityLink]:
    """A link and its secret."""
    token = new_token(16)
    customer = estimate.repair_order.customer
    link = CapabilityLink(**{"store_id": estimate.store_id, "estimate": estimate, "customer": customer, "channel": "copy",
                             "purpose": "decide", "phone": customer.phone, "failed_checks": 0, **facts})
    links.issue(link, token_sha256=sha256(token), by=ADVISOR, at=at)
    db.add(link)
    db.flush()
    return token, link


def change(db: Session, sent: Sent, *, at: datetime, reason: str = "原来那款只剩 1 条", **facts: Any) -> EstimateVersion:
    """The advisor changes the first line and sends it again as the next version."""
    estimate = db.get_one(Estimate, sent.estimate_id)
    lines = [db.get_one(AddOn, line_id) for line_id in sent.line_ids]
    add_on_rules.reopen(lines[0], by=ADVISOR, at=at)
    for key, value in facts.items():
        setattr(lines[0], key, value)
    add_on_rules.present(lines[0], by=ADVISOR, at=at)
    return freeze.freeze(db, estimate, lines, by=ADVISOR, at=at, reason=reason)
