"""One visit with its four papers asked for: contents as the desk and the link freeze them, with rare names and figures."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app import papers
from app.canonical import canonical, content_hash
from app.domain.approval.estimate_content import store_content
from app.domain.approval.evidence_content import moment
from app.domain.office import settlement as rules
from app.domain.office.staff import Role
from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop.add_on import AddOnStatus
from app.domain.workshop.work import WorkStatus
from app.models.approval.approval import Approval, ApprovalPerson
from app.models.base import new_id
from app.models.office import settlement_queries
from app.models.office.document import Document
from app.models.office.settlement import Payment, Settlement, SettlementLine
from app.models.reception.order_line import OrderLine
from app.models.reception.repair_order import RepairOrder
from tests import builders as new
from tests.builders import NOON

INK = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="20 20 470 180"><g fill="none" stroke="currentColor" '
       'stroke-width="5" stroke-linecap="round" stroke-linejoin="round"><path d="M44 62C82 52 120 46 158 44"/>'
       '<path d="M108 54C112 92 114 122 108 150C104 168 92 168 78 150"/><path d="M236 40C240 78 241 112 234 146C230 162 '
       '220 156 210 144"/><path d="M206 78C200 96 190 112 176 126"/><path d="M262 76C276 88 286 100 292 118"/>'
       '<path d="M376 34C366 44 352 50 336 54"/><path d="M318 82C352 76 388 70 424 66"/><path d="M368 50C372 92 374 132 '
       '366 172C364 182 360 178 356 172"/><path d="M366 84C354 108 338 126 312 142"/><path d="M374 88C392 112 412 128 '
       '446 138C456 141 462 138 466 134"/></g></svg>')
CLAUSES = [
    ("scope", False, "承修方只做本单列明的项目。预算总额1,286.00元，预计11月21日 16:30完工。",
     "Only the listed work is done; budget 1,286.00, expected 16:30."),
    ("no_work_without", True, "未经约定方式确认的增项，不施工、不更换、不收费。没有答复不表示同意。",
     "Unconfirmed add-ons are neither done nor charged; no answer is not consent."),
    ("old_parts", True, "旧件归托修方：■带走　□看过后放弃　□无旧件。属于危险废物的，按规定交有资质的单位处理。",
     "Old parts: ■ taken □ waived after seeing □ none. Hazardous waste goes to licensed handlers."),
]
Put = Callable[[bytes], str]


def visit(db: Session, photo_sha256s: list[str], *, name: str = "𬱖䶮", language: str = "zh_CN",
          channel: str = "link") -> dict[str, Document]:
    """A car that came, was looked at, approved, done, settled; its four papers by kind."""
    with db.no_autoflush:
        order = arrived(db, name, language)
        contract = signed(db, order, photo_sha256s)
        approval = decided(db, order, photo_sha256s, name, channel)
        settlement = settled(db, order)
    subjects = {"intake_contract": (contract.id, contract.number, contract.content_sha256),
                "quotation": (approval.version.id, approval.version.estimate.number, approval.content_sha256),
                "add_on_approval": (approval.id, approval.number, approval.content_sha256),
                "settlement": (settlement.id, settlement.number, settlement.content_sha256)}
    return {kind: papers.want(db, kind=kind, subject_id=subject, repair_order_id=order.id, store_id=order.store_id,
                              number=number, content_sha256=digest, at=NOON)
            for kind, (subject, number, digest) in subjects.items()}


def arrived(db: Session, name: str, language: str) -> RepairOrder:
    """The car at the desk with two lines agreed."""
    owner = new.customer(name=name, language=language)
    car = new.vehicle(owner=owner, colour="珠光白", engine_no="EA211-4471902", model_name="大众 朗逸 2021 款 1.5L 舒适版",
                      next_service_km=55_210)
    arrival = new.reception(vehicle=car, sender_name="丁小禾", sender_relation="driver", sender_phone="13911112222",
                            warning_lamps=["tyre_pressure"], items_left=["后座儿童座椅", "行车记录仪"])
    order = new.repair_order(reception=arrival, lines=[], status=OrderStatus.READY, service_class="minor_repair",
                             advisor=new.staff(Role.ADVISOR, name="周敏", phone="13900006188"))
    oil = line(order, "更换机油机滤", "Oil and filter", 80, 18_000)
    part(oil, "全合成机油 5W-30", "Oil 5W-30", "YZ-08880-4L", "genuine", "升", 400, 9_800)
    part(oil, "机油滤清器", "Oil filter", "YZ-15601-B", "genuine", "只", 100, 5_800)
    plug = line(order, "更换火花塞", "Spark plugs", 80, 18_000)
    part(plug, "火花塞", "Spark plug", "YZ-90919-K", "equivalent", "支", 400, 8_800)
    plug.discount_fen, plug.price_reason = 6_400, "会员优惠"
    for done in order.lines:
        add_up(done)
    keep(db, order)
    return order


def keep(db: Session, *things: Any) -> Any:
    """Keep things together; gives the first back."""
    db.add_all(things)
    db.flush()
    return things[0]


def line(order: RepairOrder, zh: str, en: str, hours_x100: int, rate_fen: int) -> OrderLine:
    """A line agreed at the desk."""
    return new.order_line(repair_order=order, title_zh=zh, title_en=en, hours_x100=hours_x100, rate_fen=rate_fen,
                          labour_fen=hours_x100 * rate_fen // 100, work_status=WorkStatus.DONE, guarantee_days=90,
                          guarantee_km=5_000)


def part(of: OrderLine, zh: str, en: str, number: str, kind: str, unit: str, quantity_x100: int, price: int) -> None:
    """A part on it."""
    new.part(of, name_zh=zh, name_en=en, part_no=number, part_class=kind, unit_zh=unit, quantity_x100=quantity_x100,
             price_fen=price, amount_fen=quantity_x100 * price // 100)


def add_up(of: OrderLine) -> None:
    """The line's sums."""
    of.parts_fen = sum(one.amount_fen for one in of.parts)
    of.total_fen = of.labour_fen + of.parts_fen - of.discount_fen


def line_content(of: OrderLine) -> dict[str, Any]:
    """A line as frozen contents hold it."""
    return {
        "line_id": str(of.id), "title": {"zh": of.title_zh, "en": of.title_en}, "business_line": "mechanical",
        "hours_x100": of.hours_x100, "rate_fen": of.rate_fen, "labour_fen": of.labour_fen, "parts_fen": of.parts_fen,
        "parts": [{"name": {"zh": one.name_zh, "en": one.name_en}, "part_no": one.part_no, "part_class": one.part_class,
                   "unit": one.unit_zh, "quantity_x100": one.quantity_x100, "price_fen": one.price_fen,
                   "amount_fen": one.amount_fen} for one in of.parts],
        "discount_fen": of.discount_fen, "discount_reason": of.price_reason, "total_fen": of.total_fen,
        "payer": of.payer, "in_warranty": False, "after_effect": {"zh": of.after_effect_zh, "en": of.after_effect_en},
        "guarantee": {"days": of.guarantee_days, "km": of.guarantee_km},
    }


def signed(db: Session, order: RepairOrder, photos: list[str]) -> Any:
    """The contract of the desk."""
    content = {
        "schema": "intake/1", "store": store_content(db.get_one(type(new.store()), order.store_id)),
        "order": {"id": str(order.id), "number": order.number}, "contract_number": "WT20260303-018",
        "customer": {"name": order.customer.name, "title": "女士", "phone_masked": "138****6021"},
        "sender": {"name": "丁小禾", "relation": "driver", "phone_masked": "139****2222"},
        "vehicle": {"plate": order.vehicle.plate, "plate_kind": "blue", "vin": order.vehicle.vin,
                    "model": order.vehicle.model_name, "colour": "珠光白", "engine_no": "EA211-4471902",
                    "registered_on": "2021-06-18", "mileage_km": 45_210, "odometer_replaced": False, "fuel_eighths": 5,
                    "charge_percent": None, "warning_lamps": ["tyre_pressure"]},
        "arrived_at": moment(NOON), "service_class": "minor_repair",
        "damage_marks": [
            {"number": 1, "zone": "door_fl", "kind": "scratch", "x": 368, "y": 398, "remark": "约 12 cm，客户在场确认",
             "photo_sha256": photos[0]},
            {"number": 2, "zone": "wheel_fr", "kind": "scratch", "x": 206, "y": 24, "remark": "", "photo_sha256": None},
        ],
        "items_left": ["后座儿童座椅", "行车记录仪"], "customer_words": "早上冷车时前轮吱吱响，<b>踩重了</b>就没有；顺便做保养。",
        "symptom_answers": [{"question": "什么时候响", "answer": "冷车"}, {"question": "转弯时响不响", "answer": ""}],
        "lines": [line_content(one) for one in order.lines], "labour_fen": 28_800, "parts_fen": 80_200,
        "total_fen": 102_600, "promised_at": moment(NOON + timedelta(hours=4)), "waits": True,
        "contact_channel": "phone", "old_parts": "take", "free_checks": [{"name": {"zh": "灯光", "en": "lamps"}, "minutes": 3}],
        "clauses": [{"id": one, "conspicuous": is_bold, "text": {"zh": zh, "en": en}}
                    for one, is_bold, zh, en in CLAUSES], "clauses_sha256": "c" * 64,
        "advisor": {"name": "周敏", "phone": "13900006188"}, "signer": {"name": "丁小禾", "relation": "driver"},
    }
    contract = new.intake_contract(repair_order=order, number="WT20260303-018", payload=canonical(content),
                                   content_sha256=content_hash(content), signer_name="丁小禾", signer_relation="driver",
                                   signature_svg=INK, taken_by_id=order.advisor.id)
    return keep(db, contract)


def photo_content(number: int, sha256: str, marks: list[Any] | None = None) -> dict[str, Any]:
    """One numbered picture."""
    return {"id": str(new_id()), "sha256": sha256, "thumb_sha256": sha256, "number": number, "taken_by": "刘志强",
            "taken_at": moment(NOON + timedelta(minutes=number)), "marks": marks or []}


def found(add_on: Any, position: int, photos: list[dict[str, Any]], **facts: Any) -> dict[str, Any]:
    """A line of the estimate."""
    return {
        **line_content(add_on), "position": position, "kind": "incidental", "state": "watch", "urgency": "recommended",
        "operation_id": add_on.operation_id, "point": None, "value_x1000": None, "unit": "", "limit": None,
        "scale": None, "limit_source": None, "is_shop_advice": False, "saw": add_on.saw, "if_waits": add_on.if_waits,
        "we_would_do": add_on.we_would_do, "can_wait_text": "", "fine_to_wait": True, "is_safety": False,
        "photos": photos, "found_by": "刘志强", "found_at": moment(NOON), "extra_minutes": add_on.extra_minutes,
        "in_stock": True, "wait_days": 0, "ceiling_fen": None, "related": [], "bundle": "", "bundle_reason": "", **facts,
    }


def decided(db: Session, order: RepairOrder, photos: list[str], name: str, channel: str) -> Approval:
    """Three findings: yes, later, yes."""
    pads = found_on(order, title_zh="更换前制动片（左右一副）", hours_x100=120, labour_fen=21_600,
                      guarantee_days=365, guarantee_km=20_000, extra_minutes=40, saw="左前 2.4、右前 2.6，都低于界限 3.0 mm",
                      if_waits="刹车距离变长，磨到底要连盘一起换", after_effect_zh="新片前 200 公里有轻微异响",
                      after_effect_en="slight noise for 200 km", status=AddOnStatus.APPROVED)
    tyres = found_on(order, title_zh="更换前轮胎（2 条）", title_en="Replace both front tyres",
                       hours_x100=60, labour_fen=10_800, guarantee_days=365, guarantee_km=20_000, extra_minutes=35,
                       saw="右前 2.1、左前 2.3，国标下限 1.6 mm", if_waits="晴天没有问题，雨天抓地会差一些",
                       status=AddOnStatus.DEFERRED, defer_until_km=50_000)
    filters = found_on(order, title_zh="更换空调滤芯", title_en="Replace cabin filter", hours_x100=20,
                         labour_fen=3_600, guarantee_days=180, guarantee_km=10_000, extra_minutes=10,
                         saw="积灰较厚，夹有树叶，出风变小", if_waits="不影响行车安全；空调风小，可能有异味",
                         status=AddOnStatus.APPROVED)
    part(pads, "前制动片", "Front brake pads", "YZ-45022-A1", "genuine", "副", 100, 68_000)
    part(tyres, "225/55 R18 轮胎", "Tyre 225/55 R18", "YD-T5-2255518", "equivalent", "条", 200, 56_000)
    part(filters, "空调滤芯", "Cabin filter", "YZ-87139-C2", "genuine", "只", 100, 13_800)
    for one in (pads, tyres, filters):
        add_up(one)
        one.work_status = WorkStatus.DONE if one.status == AddOnStatus.APPROVED else WorkStatus.WAITING
        one.approved_fen = one.total_fen if one.status == AddOnStatus.APPROVED else None
    keep(db, order, pads, tyres, filters)
    estimate = new.estimate(repair_order=order, number="BJD20260303-018")
    content = estimate_content(db, order, estimate, (pads, tyres, filters), photos)
    version = new.version(estimate=estimate, version_no=2, payload=canonical(content), published_by=order.advisor,
                          content_sha256=content_hash(content), reason_of_change="轮胎改为同质配件，价格下调")
    first = new.version(estimate=estimate, version_no=1, published_by=order.advisor)
    link = new.capability_link(estimate=estimate, issued_by_id=order.advisor.id)
    session = new.sign_session(link, last4_ok_at=NOON + timedelta(minutes=3), shown_at=NOON + timedelta(minutes=3))
    keep(db, estimate, first, version, link, session)
    return keep(db, approved(order, version, link, session, (pads, tyres, filters), name, channel))


def found_on(order: RepairOrder, **facts: Any) -> Any:
    """An add-on of the order."""
    return new.add_on(repair_order=order, proposed_by_id=order.advisor.id, **facts)


def estimate_content(db: Session, order: RepairOrder, estimate: Any, add_ons: Any, photos: list[str]) -> dict[str, Any]:
    """The version's payload."""
    pads, tyres, filters = add_ons
    ring = [{"kind": "ring", "x": 3700, "y": 5100, "rx": 900, "ry": 1200},
            {"kind": "arrow", "x": 5000, "y": 4000, "dx": 7000, "dy": 2000}]
    return {
        "schema": "estimate/1", "store": store_content(db.get_one(type(new.store()), order.store_id)),
        "order": {"id": str(order.id), "number": order.number, "contract_number": "WT20260303-018"},
        "estimate": {"id": str(estimate.id), "number": estimate.number, "round_no": 1}, "version": 2,
        "reason_of_change": "轮胎改为同质配件，价格下调", "customer": {"name": order.customer.name, "title": "女士"},
        "vehicle": {"plate": order.vehicle.plate, "vin": order.vehicle.vin, "model": order.vehicle.model_name,
                    "mileage_km": 45_210}, "advisor": {"name": "周敏", "phone": "13900006188"},
        "published_at": moment(NOON), "valid_until": moment(NOON + timedelta(hours=4)),
        "promised_before": moment(NOON + timedelta(hours=4)), "promised_after": moment(NOON + timedelta(minutes=290)),
        "before_fen": 102_600, "total_fen": 229_800, "after_fen": 332_400, "ceiling_fen": 0,
        "checked": {"good": 40, "watch": 2, "replace": 1, "not_checked": 3, "zones": []},
        "consent_text": {"id": str(new_id()), "kind": "consent_link", "version": "1", "sha256": "0" * 64},
        "guarantee": {"days": 180, "km": 10_000},
        "lines": [
            found(pads, 1, [photo_content(1, photos[0], ring), photo_content(2, photos[1])], state="replace",
                  urgency="must", fine_to_wait=False, is_safety=True, value_x1000=2_400, unit="mm",
                  point={"id": "front_pad", "name": {"zh": "前制动片厚度", "en": "front pad thickness"},
                         "position": {"zh": "左前", "en": "left front"}},
                  limit={"text": {"zh": "厂家界限 3.0 mm", "en": "maker's limit 3.0 mm"}, "low_x1000": 3_000,
                         "high_x1000": None},
                  scale={"min_x1000": 0, "max_x1000": 12_000, "watch_x1000": 5_000, "zones": [
                      {"state": "replace", "from_x1000": 0, "to_x1000": 3_000},
                      {"state": "watch", "from_x1000": 3_000, "to_x1000": 5_000},
                      {"state": "good", "from_x1000": 5_000, "to_x1000": 12_000}]}),
            found(tyres, 2, [photo_content(3, photos[2])], value_x1000=2_100, unit="mm",
                  scale={"min_x1000": 0, "max_x1000": 8_000, "watch_x1000": 3_000},
                  limit={"text": {"zh": "国标下限 1.6 mm", "en": "legal limit 1.6 mm"}, "low_x1000": 1_600}),
            found(filters, 3, [photo_content(4, photos[3])]),
        ],
    }


def approved(order: RepairOrder, version: Any, link: Any, session: Any, add_ons: Any, name: str,
             channel: str) -> Approval:
    """The act itself."""
    pads, tyres, filters = add_ons
    approval = new.approval(
        version=version, repair_order_id=order.id, number="ZX20260303-018", content_sha256=version.content_sha256,
        consent_text=new.consent_text(), approved_fen=107_000, total_after_fen=209_600, channel=channel,
        level="P" if channel == "phone" else "L2", link_id=link.id, session_id=session.id,
        decided_at=datetime.fromisoformat("2026-03-03T05:08:26+00:00"))
    new.approval_line(approval, pads)
    new.approval_line(approval, tyres, decision="deferred", defer_until_km=50_000)
    new.approval_line(approval, filters)
    approval.person = new.in_store(
        ApprovalPerson, salt="s", signer_name=name, signer_relation="owner", phone="13812346021", signature_svg=INK,
        signature_sha256="5" * 64, signature_facts={"strokes": 10, "points": 220, "duration_ms": 6_200},
        address="203.0.113.58", user_agent="iPhone · Safari 19", session_facts={"photos_opened": [1, 3, 4],
                                                                                 "scrolled_to_end": True})
    return approval


def settled(db: Session, order: RepairOrder) -> Settlement:
    """What was charged, one line less than agreed, and paid."""
    inspector = new.staff(Role.QUALITY_INSPECTOR, name="何伟")
    keep(db, inspector)
    keep(db, new.quality_check(repair_order=order, inspector_id=inspector.id, finished_at=NOON, result="passed"))
    order.mileage_km = 45_212
    settlement = new.settlement(repair_order=order, number="JS20260303-018", prepared_by_id=order.advisor.id, total_fen=0)
    settlement.lines = [charged(one, n) for n, one in enumerate(
        (one for one in order.lines if one.work_status == WorkStatus.DONE), 1)]
    free = settlement.lines[-1]
    free.reason, free.charged_fen, free.labour_fen = "与火花塞同拆，不另收工时", free.charged_fen - free.labour_fen, 0
    rules.add_up(settlement)
    keep(db, settlement)
    at = NOON + timedelta(hours=4)
    payload, digest = settlement_queries.frozen(db, settlement, old_parts="returned", at=at)
    rules.confirm(settlement, old_parts="returned", payload=payload, sha256=digest, by=order.advisor.actor, at=at)
    settlement.payments.append(new.in_store(
        Payment, method="wechat", amount_fen=settlement.total_fen, received_at=at + timedelta(minutes=2),
        received_by_id=order.advisor.id, idempotency_key=new_id().hex))
    db.flush()
    return settlement


def charged(line: OrderLine, position: int) -> SettlementLine:
    """A line charged as it was agreed."""
    return new.in_store(
        SettlementLine, line=line, position=position, agreed_fen=line.total_fen, labour_fen=line.labour_fen,
        basis="WT20260303-018" if line.origin == "intake" else "ZX20260303-018", parts_fen=line.parts_fen,
        discount_fen=line.discount_fen, charged_fen=line.total_fen, reason="")
