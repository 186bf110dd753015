"""Valid things by keyword, not yet kept: `repair_order(status=OrderStatus.READY)`; `save(db, thing)` keeps one."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.domain.approval.estimate import EstimateStatus
from app.domain.care.follow_up import FollowUpStatus
from app.domain.history import Actor
from app.domain.office.staff import SESSION_LIFE, Role
from app.domain.reception.reception import ReceptionStatus
from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop.add_on import AddOnStatus
from app.domain.workshop.inspection import Grade
from app.models.approval.approval import Approval, ApprovalLine, ConsentText
from app.models.approval.capability_link import CapabilityLink, SignSession
from app.models.approval.estimate import Estimate, EstimateLine, EstimateVersion
from app.models.base import Base, new_id
from app.models.care.follow_up import FollowUp
from app.models.office.login_session import LoginSession
from app.models.office.settlement import Settlement
from app.models.office.staff import Staff, StaffRole
from app.models.office.store import Store
from app.models.reception.customer import Customer
from app.models.reception.order_line import OrderLine, OrderLinePart, WorkLog
from app.models.reception.reception import DamageMark, Reception
from app.models.reception.repair_order import Assignment, IntakeContract, RepairOrder
from app.models.reception.vehicle import Vehicle
from app.models.workshop.add_on import AddOn
from app.models.workshop.inspection import Finding, Inspection, InspectionTemplate, Reading
from app.models.workshop.photo import Photo
from app.models.workshop.quality_check import QualityCheck

NOON = datetime(2026, 3, 3, 4, tzinfo=UTC)  # Tuesday 3 March 2026, 12:00 in Shanghai
STORE_ID = UUID("01900000-0000-7000-8000-000000000001")
OTHER_STORE_ID = UUID("01900000-0000-7000-8000-000000000002")

ADVISOR = Actor("周敏", UUID("01900000-0000-7000-8000-000000000011"))
TECHNICIAN = Actor("刘志强", UUID("01900000-0000-7000-8000-000000000012"))
SECOND_TECHNICIAN = Actor("马文涛", UUID("01900000-0000-7000-8000-000000000013"))
INSPECTOR = Actor("何伟", UUID("01900000-0000-7000-8000-000000000014"))
CASHIER = Actor("钱莉", UUID("01900000-0000-7000-8000-000000000015"))
CUSTOMER = Actor("沈雨桐", kind="customer")

T = TypeVar("T", bound=Base)
_counter: Iterator[int] = itertools.count(1)


def made(model: type[T], **values: Any) -> T:
    """One thing with the defaults its columns would get when kept."""
    mapper = inspect(model)
    for column in mapper.columns:
        key = mapper.get_property_by_column(column).key
        if key not in values and column.default is not None:
            values[key] = column.default.arg(None) if column.default.is_callable else column.default.arg
    return model(**values)


def in_store(model: type[T], **values: Any) -> T:
    """One thing of the first store."""
    return made(model, **{"store_id": STORE_ID, **values})


def store(**facts: Any) -> Store:
    """The first store, unless told otherwise."""
    return made(Store, **{
        "id": STORE_ID, "code": "BJ", "name": "滨江店", "legal_name": "杭州明达汽车销售服务有限公司",
        "credit_code": "91330108MA2D4K7X3Q", "filing_no": "浙备330108000412", "address": "杭州市滨江区江南大道 588 号",
        "phone": "0571-88201188", "complaint_phone": "0571-88201199", **facts,
    })


def other_store(**facts: Any) -> Store:
    """The store next door, whose staff see nothing of the first."""
    return store(**{"id": OTHER_STORE_ID, "code": "XS", "name": "萧山店", **facts})


def staff(*roles: Role, store_id: UUID = STORE_ID, **facts: Any) -> Staff:
    """A member of staff with these roles in a store."""
    person = made(Staff, **{
        "store_id": store_id, "username": f"person{next(_counter)}", "name": "周敏", "password_hash": "", **facts,
    })
    person.roles = [StaffRole(store_id=store_id, role=role) for role in roles]
    return person


def login_session(of: Staff, **facts: Any) -> LoginSession:
    """An open log-in of that person."""
    return made(LoginSession, **{
        "staff": of, "store_id": of.store_id, "token_sha256": new_id().hex, "device_name": "iPad · Safari",
        "made_at": NOON, "seen_at": NOON, "expires_at": NOON + SESSION_LIFE, **facts,
    })


def customer(**facts: Any) -> Customer:
    """沈女士."""
    return in_store(Customer, **{
        "name": "沈雨桐", "title": "女士", "folded_name": "沈雨桐", "initials": "syt", "phone": "13812346021",
        "made_at": NOON, **facts,
    })


def vehicle(**facts: Any) -> Vehicle:
    """A petrol car with a plate of Zhejiang and a VIN whose check digit is right."""
    facts.setdefault("owner", customer())
    return in_store(Vehicle, **{
        "plate": "浙A7K35M", "vin": "LSVAA4182E2123456", "model_name": "大众 朗逸 1.5L", "mileage_km": 44_870,
        "made_at": NOON, **facts,
    })


def reception(**facts: Any) -> Reception:
    """An arrival with everything asked that a signature needs."""
    car = facts.setdefault("vehicle", vehicle())
    facts.setdefault("customer", car.owner)
    return in_store(Reception, **{
        "status": ReceptionStatus.IN_PROGRESS, "arrived_at": NOON, "started_at": NOON, "mileage_km": 45_210,
        "fuel_eighths": 4, "customer_words": "刹车有点响", "old_parts": "take", "customer_waits": True, **facts,
    })


def damage_mark(of: Reception, **facts: Any) -> DamageMark:
    """A scratch on the left front door."""
    return in_store(DamageMark, **{
        "reception": of, "number": len(of.damage_marks) + 1, "zone": "door_fl", "kind": "scratch", "x": 200, "y": 120,
        **facts,
    })


def repair_order(*, is_signed: bool = True, **facts: Any) -> RepairOrder:
    """An order of the day, signed unless told otherwise, with one agreed line and a promised time."""
    arrival = facts.setdefault("reception", reception())
    number = next(_counter)
    order = in_store(RepairOrder, **{
        "number": f"BJ-260303-{number:03}", "status": OrderStatus.OPEN, "customer": arrival.customer,
        "vehicle": arrival.vehicle, "advisor": staff(Role.ADVISOR), "mileage_km": arrival.mileage_km or 0,
        "opened_at": NOON, "promised_at": NOON + timedelta(hours=4), "signed_at": NOON if is_signed else None, **facts,
    })
    if "lines" not in facts:
        order_line(repair_order=order)
    return order


def order_line(**facts: Any) -> OrderLine:
    """An oil change agreed at the desk: 0.5 h at 180.00."""
    if "repair_order" not in facts:
        facts["repair_order"] = repair_order(lines=[])
    return in_store(OrderLine, **{
        "origin": "intake", "position": len(facts["repair_order"].lines) + 1,
        "operation_id": "engine_oil_and_filter_replace", "title_zh": "更换机油机滤", "title_en": "Oil and filter",
        "hours_x100": 50, "rate_fen": 18_000, "labour_fen": 9_000, "total_fen": 9_000, "list_total_fen": 9_000, **facts,
    })


def part(of: OrderLine, **facts: Any) -> OrderLinePart:
    """One genuine part on a line."""
    return in_store(OrderLinePart, **{
        "line": of, "position": len(of.parts) + 1, "part_id": "front_brake_pads", "part_no": "5C0 698 151",
        "name_zh": "前制动片", "name_en": "Front brake pads", "part_class": "genuine", "price_fen": 49_000,
        "amount_fen": 49_000, **facts,
    })


def work_log(**facts: Any) -> WorkLog:
    """The clock of one technician on one line."""
    return in_store(WorkLog, **{"technician_id": TECHNICIAN.id, **facts})


def add_on(**facts: Any) -> AddOn:
    """Front brake pads, found worn: 1.5 h at 180.00 and parts for 490.00, with its three sentences."""
    if "repair_order" not in facts:
        facts["repair_order"] = repair_order()
    return in_store(AddOn, **{
        "origin": "add_on", "position": len(facts["repair_order"].lines) + 1, "status": AddOnStatus.PROPOSED,
        "operation_id": "front_brake_pads_replace", "title_zh": "更换前刹车片", "title_en": "Replace front brake pads",
        "system": "brakes", "hours_x100": 150, "rate_fen": 18_000, "labour_fen": 27_000, "parts_fen": 49_000,
        "total_fen": 76_000, "list_total_fen": 76_000, "extra_minutes": 90, "saw": "左前只剩 2.4 mm",
        "if_waits": "再磨下去会伤到刹车盘", "we_would_do": "更换前轮两侧刹车片", "proposed_by_id": TECHNICIAN.id,
        "proposed_at": NOON, **facts,
    })


def template(**facts: Any) -> InspectionTemplate:
    """A list with one measured point, pad thickness, and one look."""
    points = [
        {"id": "front_pad", "zone": "wheels", "kind": "measured", "unit": "mm",
         "thresholds": {"replace": [{"lt": 3}], "watch": [{"gte": 3, "lt": 5}], "good": [{"gte": 5}]},
         "evidence": {"photos_min_replace": 1}},
        {"id": "wiper", "zone": "lamps", "kind": "visual"},
    ]
    return in_store(InspectionTemplate, **{
        "kind": "general", "version": 100 + next(_counter), "name_zh": "全车检查", "name_en": "Whole-car check",
        "content": {"zones": [], "points": points, "positions": {}}, "made_at": NOON, **facts,
    })


def inspection(**facts: Any) -> Inspection:
    """A check under way."""
    if "repair_order" not in facts:
        facts["repair_order"] = repair_order()
    facts.setdefault("template", template())
    return in_store(Inspection, **{"made_at": NOON, "started_at": NOON, **facts})


def finding(**facts: Any) -> Finding:
    """The left front pad, not looked at yet."""
    check = facts.setdefault("inspection", inspection())
    order = check.repair_order
    return in_store(Finding, **{
        "repair_order_id": order.id, "vehicle_id": order.vehicle.id, "point_id": "front_pad", "position": "FL",
        "grade": Grade.NOT_CHECKED, "unit": "mm", "not_checked_reason": "", **facts,
    })


def reading(**facts: Any) -> Reading:
    """2.4 mm: replace."""
    return in_store(Reading, **{
        "grade": Grade.REPLACE, "value": 2.4, "taken_by_id": TECHNICIAN.id, "taken_at": NOON, "received_at": NOON,
        **facts,
    })


def photo(of: Any, **facts: Any) -> Photo:
    """A picture of a thing, its bytes not here yet."""
    targets = {"Finding": "finding", "DamageMark": "damage_mark"}
    return in_store(Photo, **{
        "target": targets.get(type(of).__name__, "work_before"), "target_id": of.id, "received_sha256": new_id().hex,
        "taken_at": NOON, **facts,
    })


def estimate(**facts: Any) -> Estimate:
    """A draft of the first round."""
    if "repair_order" not in facts:
        facts["repair_order"] = repair_order()
    return in_store(Estimate, **{
        "round_no": 1, "number": f"BJD20260303-{next(_counter):03}", "status": EstimateStatus.DRAFT, "made_at": NOON,
        **facts,
    })


def version(**facts: Any) -> EstimateVersion:
    """A version about to be published; give `estimate` and `published_by` to keep it."""
    return in_store(EstimateVersion, **{
        "version_no": 1, "payload": "{}", "content_sha256": new_id().hex * 2, "total_fen": 76_000, "before_fen": 9_000,
        "promised_before": NOON + timedelta(hours=4), "promised_after": NOON + timedelta(hours=5, minutes=30),
        "valid_until": NOON + timedelta(hours=4), "published_at": NOON, **facts,
    })


def estimate_line(of: EstimateVersion, line: AddOn, **facts: Any) -> EstimateLine:
    """One line of a frozen version."""
    return in_store(EstimateLine, **{
        "version": of, "add_on_id": line.id, "position": len(of.lines) + 1, "total_fen": line.total_fen, "content": {},
        **facts,
    })


def capability_link(**facts: Any) -> CapabilityLink:
    """A link that opens one estimate with the last digits 6021."""
    bid = facts.setdefault("estimate", estimate())
    return in_store(CapabilityLink, **{
        "customer": bid.repair_order.customer, "token_sha256": new_id().hex * 2, "channel": "copy",
        "phone": "13812346021", "issued_at": NOON, "expires_at": NOON + timedelta(hours=4), **facts,
    })


def sign_session(of: CapabilityLink, **facts: Any) -> SignSession:
    """A customer's browser behind a link."""
    return in_store(SignSession, **{
        "link": of, "cookie_sha256": new_id().hex * 2, "opened_at": NOON, "seen_at": NOON,
        "expires_at": NOON + timedelta(hours=2), **facts,
    })


def consent_text(**facts: Any) -> ConsentText:
    """The wording above a signature."""
    return in_store(ConsentText, **{
        "kind": "consent_link", "version": "1", "body": {"zh": "同意施工", "en": "I agree"},
        "sha256": new_id().hex * 2, "valid_from": NOON, **facts,
    })


def approval(**facts: Any) -> Approval:
    """One act of decision through the link."""
    return in_store(Approval, **{
        "number": f"ZX20260303-{next(_counter):03}", "channel": "link", "level": "L2", "content_sha256": "0" * 64,
        "decision_sha256": "1" * 64, "approved_fen": 76_000, "total_after_fen": 85_000,
        "promised_after": NOON + timedelta(hours=5, minutes=30), "decided_at": NOON,
        "idempotency_key": new_id().hex, "person_commitment": "2" * 64, **facts,
    })


def approval_line(of: Approval, line: AddOn, **facts: Any) -> ApprovalLine:
    """The customer's yes to one line."""
    return in_store(ApprovalLine, **{
        "approval": of, "add_on_id": line.id, "position": len(of.lines) + 1, "decision": "approved",
        "total_fen": line.total_fen, **facts,
    })


def intake_contract(**facts: Any) -> IntakeContract:
    """The paper the customer signs at the desk."""
    return in_store(IntakeContract, **{
        "version_no": 1, "number": f"WT20260303-{next(_counter):03}", "payload": "{}", "content_sha256": "3" * 64,
        "total_fen": 9_000, "promised_at": NOON + timedelta(hours=4), "signer_name": "沈雨桐",
        "signer_relation": "owner", "signature_svg": "<svg/>", "signature_sha256": "4" * 64, "signed_at": NOON,
        "taken_by_id": ADVISOR.id, "device": {}, **facts,
    })


def assignment(of: RepairOrder, technician: Staff, **facts: Any) -> Assignment:
    """A technician on an order."""
    return in_store(Assignment, **{"repair_order": of, "technician": technician, "assigned_at": NOON, **facts})


def quality_check(**facts: Any) -> QualityCheck:
    """A round of checking under way."""
    if "repair_order" not in facts:
        facts["repair_order"] = repair_order(status=OrderStatus.QUALITY_CHECK)
    return in_store(QualityCheck, **{
        "round_no": 1, "check_list_id": "quality_check_minor_repair", "check_list_version": "1",
        "inspector_id": INSPECTOR.id, "items": [], "started_at": NOON, **facts,
    })


def settlement(**facts: Any) -> Settlement:
    """A list that charges what was agreed."""
    if "repair_order" not in facts:
        facts["repair_order"] = repair_order(status=OrderStatus.READY)
    return in_store(Settlement, **{
        "number": f"JS20260303-{next(_counter):03}", "labour_fen": 9_000, "parts_fen": 0, "discount_fen": 0,
        "total_fen": 9_000, "prepared_by_id": ADVISOR.id, "prepared_at": NOON, **facts,
    })


def follow_up(**facts: Any) -> FollowUp:
    """The first call after a delivery, aimed at day 3 and due by day 7."""
    facts.setdefault("customer", customer())
    return in_store(FollowUp, **{
        "kind": "first_call", "status": FollowUpStatus.OPEN, "opens_on": NOON.date() + timedelta(days=3),
        "target_on": NOON.date() + timedelta(days=3), "due_on": NOON.date() + timedelta(days=7), "topic": "first_call",
        "made_at": NOON, **facts,
    })


def save(db: Session, *things: Any) -> Any:
    """Keep things and what they refer to; gives the first back."""
    for known in (store(), other_store()):
        if db.get(Store, known.id) is None:
            db.add(known)
    db.flush()
    for thing in things:
        db.add(thing)
        db.flush()
    return things[0]
