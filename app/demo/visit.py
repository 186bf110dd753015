"""One visit of one car, step by step, each step the same verb the shop's own pages call."""

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import papers
from app.demo.pictures_box import PictureBox
from app.domain.approval import approval as approval_rules
from app.domain.approval import capability_link as link_rules
from app.domain.approval.approval import Answer
from app.domain.approval.signature import Strokes, read_strokes, svg
from app.domain.care import follow_up as follow_up_rules
from app.domain.history import Actor
from app.domain.office import delivery as delivery_rules
from app.domain.office import settlement as settlement_rules
from app.domain.reception import intake_line, repair_order
from app.domain.reception import reception as reception_rules
from app.domain.workshop import add_on as add_on_rules
from app.domain.workshop import inspection as inspection_rules
from app.domain.workshop import quality_check as quality_rules
from app.domain.workshop import work
from app.domain.workshop.customer_words import sentences
from app.domain.workshop.inspection import Grade, propose_grade
from app.models.approval import approval_queries, freeze
from app.models.approval.approval import Approval
from app.models.approval.capability_link import CapabilityLink
from app.models.approval.estimate import Estimate, EstimateVersion
from app.models.base import new_id
from app.models.care import follow_up_queries
from app.models.care.follow_up import FollowUp
from app.models.office import settlement_queries
from app.models.office.numbers import next_number
from app.models.office.settlement import Delivery, Payment
from app.models.office.staff import Staff
from app.models.office.store import Store
from app.models.reception import intake_queries
from app.models.reception.order_line import WorkLog
from app.models.reception.reception import DamageMark, Reception
from app.models.reception.repair_order import Assignment, RepairOrder
from app.models.reception.vehicle import Vehicle
from app.models.workshop import catalogue_queries, inspection_queries, pricing_queries, quality_queries
from app.models.workshop.add_on import AddOn
from app.models.workshop.inspection import Finding, Inspection, Reading
from app.security import new_token, sha256

SAID = ("车挺好，没响了。", "满意，就是等得久了点。", "空调凉多了。", "都好，技师讲得清楚。")
HAND_OVER = ("washed", "tools_out", "explained_work", "explained_after_effects", "next_service_told")


def drawing(name: str) -> Strokes:
    """A hand's signature: as many strokes as the name has characters, two more each, never the same twice."""
    chance = random.Random(name)  # noqa: S311
    strokes, time = [], 0
    for number in range(min(len(name), 4) * 3):
        x, y, points = 40 + number * 38, 60 + chance.randrange(80), []
        for _ in range(14):
            x, y, time = x + chance.randrange(-6, 11), max(20, min(180, y + chance.randrange(-13, 14))), time + 17
            points.append({"x": x, "y": y, "time": time, "pressure": 0.5})
        time += 140
        strokes.append({"points": points})
    return read_strokes(json.dumps(strokes), "640x220")


@dataclass
class Crew:
    """Who does what in the demo."""

    advisor: Staff
    technicians: Sequence[Staff]
    inspector: Staff
    reviewer: Staff
    cashier: Staff


@dataclass
class Visit:
    """The car, the people and the clock of one visit."""

    db: Session
    store: Store
    car: Vehicle
    crew: Crew
    chance: random.Random
    pictures: PictureBox
    at: datetime
    order: RepairOrder = field(init=False)
    reception: Reception = field(init=False)
    first_call: FollowUp = field(init=False)

    @property
    def customer(self) -> Actor:
        """The owner as the one who acts."""
        return Actor(self.car.owner.name, kind="customer")

    @property
    def today(self) -> date:
        """The day of the visit in the store's zone."""
        return self.at.astimezone(ZoneInfo(self.store.time_zone)).date()

    def wait(self, minutes: int) -> "Visit":
        """Time passes."""
        self.at += timedelta(minutes=minutes)
        return self

    def arrive(self, *, km: int, reason: str, words: str = "") -> "Visit":
        """The car rolls in and is registered."""
        self.reception = Reception(
            store_id=self.store.id, customer=self.car.owner, vehicle=self.car, reason=reason, arrived_at=self.at,
            damage_marks=[], status=reception_rules.ReceptionStatus.WAITING,
        )
        self.db.add(self.reception)
        reception_rules.arrive(self.reception, by=self.crew.advisor.actor, at=self.at)
        self.km, self.words = km, words
        return self

    def begin(self, *, service_class: str = "first_level_maintenance") -> "Visit":
        """The advisor takes the car on and an order is opened."""
        by = self.crew.advisor.actor
        reception_rules.begin(self.reception, by=by, at=self.at)
        self.db.flush()
        self.order = intake_queries.new_order(self.db, self.reception, self.crew.advisor.id, self.at)
        self.order.service_class = service_class
        repair_order.open_order(self.order, by=by, at=self.at)
        return self

    def walk_around(self, *marks: tuple[str, str, int, int, str]) -> "Visit":
        """Odometer, fuel, the customer's words, and marks on the outline as (zone, kind, x, y, picture)."""
        by, electric = self.crew.advisor.actor, bool(self.car.series and self.car.series.powertrain == "bev")
        reception_rules.read_odometer(self.reception, self.km, last_km=self.car.mileage_km, odometer_replaced=False,
                                      by=by, at=self.at)
        entries = {"fuel_eighths": "" if electric else self.chance.randrange(1, 9), "charge_percent": 64 if electric else "",
                   "customer_words": self.words, "customer_waits": self.chance.choice(("yes", "no")),
                   "old_parts": self.chance.choice(("take", "leave", "see_first")), "allows_test_drive": "yes",
                   "contact_channel": self.car.owner.contact_channel}
        reception_rules.fill_in(self.reception, entries, at=self.at)
        for zone, kind, x, y, picture in marks:
            mark = DamageMark(store_id=self.store.id, zone=zone, kind=kind, x=x, y=y)
            reception_rules.mark_damage(self.reception, mark, by=by, at=self.at)
            mark.photo = self.pictures.take(self.db, picture, "damage_mark", mark.id, order=self.order, by=self.crew.advisor,
                                            at=self.at)
        reception_rules.walk_around(self.reception, by=by, at=self.at)
        self.order.mileage_km = self.km
        return self

    def agree(self, *operations: str, payer: str = "customer") -> "Visit":
        """Put operations of the catalogue on the order."""
        for name in operations:
            with self.db.no_autoflush:
                line = intake_queries.new_line(self.db, self.order, name)
                line.payer, line.is_in_warranty = payer, payer == "manufacturer_warranty"
                self.db.add(line)
                intake_line.agree(self.order, line, by=self.crew.advisor.actor, at=self.at)
        return self

    def sign(self, *, hours: float = 4) -> "Visit":
        """Promise a time and let the customer sign what is on the screen."""
        from app.models.reception.contract import sign_at_desk

        by = self.crew.advisor.actor
        repair_order.promise(self.order, on_the_half_hour(self.at + timedelta(hours=hours)), by=by, at=self.at)
        self.db.flush()
        sign_at_desk(self.db, self.order, ink=drawing(self.car.owner.name), signer_name=self.car.owner.name,
                     signer_relation="owner", by=by, at=self.at)
        return self

    def dispatch(self, *technicians: Staff) -> "Visit":
        """Technicians take the car; their phones learn of it."""
        from app.domain.workshop.assignment import dispatch

        for technician in technicians or self.crew.technicians[:1]:
            dispatch(self.order, Assignment(store_id=self.store.id, technician=technician, technician_id=technician.id),
                     by=self.crew.advisor.actor, at=self.at)
        self.db.flush()
        inspection_queries.begin_inspection(self.db, self.order, self.at)
        return self

    @property
    def technician(self) -> Staff:
        """Who works on the car."""
        return self.order.technicians[0]

    def inspect(self, values: dict[str, float | str], *, only: Iterable[str] = (), is_complete: bool = True) -> "Visit":
        """Fill the list: `{"front_brake_pad|FL": 1.8, "wiper": "watch"}` stands out, the rest is as it should be."""
        self.db.flush()
        check = self.order.inspections[-1] if self.order.inspections else self.new_inspection()
        check.started_at = self.at
        wanted, powertrain = set(only), self.car.series.powertrain if self.car.series else "fuel"
        for point in check.template.content["points"]:
            if powertrain not in point["applies_to"] or (wanted and point["id"] not in wanted):
                continue
            for position in point["positions"] or [""]:
                self.record(check, point, position, values)
        if is_complete:
            self.wait(34)
            inspection_rules.complete(check, expected=timedelta(minutes=30), by=self.technician.actor, at=self.at)
        return self

    def new_inspection(self) -> Inspection:
        """The general list for this car."""
        template = inspection_queries.current_template(self.db, self.store.id)
        check = Inspection(store_id=self.store.id, repair_order=self.order, template=template, made_at=self.at, specs={})
        self.db.add(check)
        return check

    def record(self, check: Inspection, point: dict[str, Any], position: str, values: dict[str, float | str]) -> None:
        """One point at one position."""
        given = values.get(f"{point['id']}|{position}", values.get(point["id"]))
        value = given if isinstance(given, (int, float)) else self.healthy(point) if given is None else None
        proposed = propose_grade(point, value)
        grade = Grade(given) if isinstance(given, str) else proposed or Grade.GOOD
        finding = Finding(
            store_id=self.store.id, inspection=check, repair_order_id=self.order.id, vehicle_id=self.car.id,
            point_id=point["id"], position=position, unit=point["unit"] or "", mileage_km=self.km, grade=Grade.NOT_CHECKED,
            not_checked_reason="后备厢有物品，没有移动" if grade == Grade.NOT_CHECKED else "", moment="maintenance",
        )
        reading = Reading(
            store_id=self.store.id, grade=grade, value=value, differ_reason="", taken_by_id=self.technician.id,
            taken_at=self.at, received_at=self.at, template_version=check.template.version,
        )
        inspection_rules.record(finding, reading, proposed=proposed, by=self.technician.actor, at=self.at)
        self.db.add(finding)

    def healthy(self, point: dict[str, Any]) -> float | None:
        """A value well inside what is good, for points whose limit is a plain number."""
        if point["kind"] != "measured" or (point["compare"] or {}).get("mode") != "absolute":
            return None
        bounds = point["thresholds"]["good"][0]
        low, high = bounds.get("gte", bounds.get("gt")), bounds.get("lte", bounds.get("lt"))
        if low is not None and high is not None:
            return round(float(low + high) / 2, 1)
        healthy = float(low) * self.chance.choice((1.3, 1.5, 1.8)) if low is not None else float(high or 0) / 2
        return round(healthy, 1)

    def finding(self, point: str, position: str = "") -> Finding:
        """What stands at a point."""
        self.db.flush()
        return next(row for row in self.order.inspections[-1].findings if (row.point_id, row.position) == (point, position))

    def propose(self, operation_id: str, finding: Finding, *pictures: str, answers: str = "not_needed") -> AddOn:
        """The technician photographs the finding and puts an add-on forward, every related operation answered."""
        for picture in pictures:
            self.pictures.take(self.db, picture, "finding", finding.id, order=self.order, by=self.technician, at=self.at)
        operation = catalogue_queries.operation(self.db, self.store.id, operation_id)
        related = [row["operation"] for row in operation.facts["related"]]
        add_on = AddOn(
            store_id=self.store.id, repair_order=self.order, finding=finding, kind="incidental", payer="customer",
            discount_fen=0, position=1 + max((line.position for line in self.order.lines), default=0),
            related_answers=[{"operation_id": one, "answer": answers, "by": self.technician.name} for one in related],
        )
        with self.db.no_autoflush:
            pricing_queries.price_line(self.db, add_on, operation, self.car)
        self.db.add(add_on)
        self.db.flush()
        self.explain(add_on, finding)
        add_on_rules.propose(add_on, related=related, photo_count=max(1, len(pictures)), by=self.technician.actor, at=self.at)
        return add_on

    def explain(self, add_on: AddOn, finding: Finding) -> None:
        """The customer's sentences, from the point of the list."""
        content = finding.inspection.template.content
        point = next(one for one in content["points"] if one["id"] == finding.point_id)
        words = sentences(point, content, grade=finding.grade, language="zh", value=finding.value, position=finding.position)
        add_on.saw, add_on.if_waits, add_on.we_would_do = words.saw, words.if_waits, words.we_would_do
        add_on.can_wait_text = words.can_wait
        add_on.urgency = "must" if finding.grade == Grade.REPLACE else "recommended"

    def review(self, *add_ons: AddOn) -> "Visit":
        """A second person agrees."""
        for add_on in add_ons:
            add_on_rules.approve_review(add_on, by=self.crew.reviewer.actor, at=self.at)
        return self

    def send(self, *add_ons: AddOn) -> EstimateVersion:
        """Freeze a version and issue a link for it."""
        self.db.flush()
        by = self.crew.advisor.actor
        estimate = freeze.open_round(self.db, self.order, at=self.at)
        version = freeze.freeze(self.db, estimate, add_ons, by=by, at=self.at, reason="")
        self.issue(estimate, version)
        return version

    def issue(self, estimate: Estimate, version: EstimateVersion) -> None:
        """A link as the advisor would send it; its secret is nobody's."""
        link = CapabilityLink(
            store_id=self.store.id, estimate=estimate, customer=self.car.owner, channel="copy", purpose="decide",
            phone=self.car.owner.phone, expires_at=version.valid_until, failed_checks=0,
        )
        link_rules.issue(link, token_sha256=sha256(new_token()), by=self.crew.advisor.actor, at=self.at)
        self.db.add(link)
        self.db.flush()

    def decide(self, version: EstimateVersion, *decisions: str, reason: str = "price") -> Approval:
        """The customer answers each line and signs."""
        content = approval_queries.parsed(version.payload)
        answers = [Answer(line["line_id"], decision, reason_code=reason if decision == "declined" else "",
                          safety_acknowledged=decision == "declined",
                          defer_until_on=self.today + timedelta(days=30) if decision == "deferred" else None)
                   for line, decision in zip(content["lines"], decisions, strict=True)]
        sums = approval_rules.outcome(content, {one.line_id: one.decision for one in answers})
        approval = approval_queries.made_approval(
            version, content, answers, sums, channel="link", level="L2", idempotency_key=new_id().hex,
            content_sha256=version.content_sha256, decided_at=self.at, link_id=version.estimate.links[-1].id,
            previous_id=approval_queries.last_approval_id(self.db, self.order.id),
            number=next_number(self.db, self.store, "approval", self.at),
        )
        person = approval_queries.made_person(
            self.store.id, drawing(self.car.owner.name), signer_name=self.car.owner.name, signer_relation="owner",
            phone=self.car.owner.phone, address="", user_agent="", session_facts={},
        )
        approval.person, approval.person_commitment = person, approval_queries.commitment(person)
        approval.decision_sha256 = approval_queries.decision_hash(approval, person, self.at)
        approval_rules.decide(approval, estimate=version.estimate, content=content, today=self.today, by=self.customer,
                              at=self.at)
        self.db.add(approval)
        self.db.flush()
        for add_on in self.order.add_ons:
            if add_on.status in ("declined", "deferred") and add_on.decided_at == self.at:
                follow_up_queries.plan_for_declined(self.db, add_on, by=self.customer, at=self.at)
        self.want("add_on_approval", approval.id, approval.number, approval.content_sha256)
        return approval

    def want(self, kind: str, subject_id: UUID, number: str, content_sha256: str) -> None:
        """Ask for a paper."""
        papers.want(self.db, kind=kind, subject_id=subject_id, repair_order_id=self.order.id, store_id=self.store.id,
                    number=number, content_sha256=content_sha256, at=self.at)

    def do(self, *, minutes_each: int = 25, until: int | None = None) -> "Visit":
        """Work through what was agreed; with `until`, that many lines and the next one left running."""
        by = self.technician.actor
        if self.order.status == repair_order.OrderStatus.OPEN:
            repair_order.start(self.order, by=by, at=self.at)
        owed = [line for line in self.order.lines if repair_order.is_owed(line)]
        for line in owed[:until]:
            work.start(line, self.log(), by=by, at=self.at)
            self.wait(minutes_each)
            work.finish(line, by=by, at=self.at)
        if until is not None and owed[until:]:
            work.start(owed[until], self.log(), by=by, at=self.at)
        return self

    def log(self) -> WorkLog:
        """The technician's clock on a line."""
        return WorkLog(store_id=self.store.id, technician_id=self.technician.id, pause_reason="", clocks={})

    def hand_to_check(self) -> "Visit":
        """The technician is done."""
        repair_order.finish_work(self.order, by=self.technician.actor, at=self.at)
        return self

    def check(self) -> "Visit":
        """The inspector goes through the list and passes the car."""
        self.db.flush()
        with self.db.no_autoflush:
            check, by = quality_queries.new_round(self.db, self.order), self.crew.inspector.actor
            quality_rules.begin(check, workers={self.technician.id}, by=by, at=self.at)
            self.db.add(check)
        for item in check.items:
            quality_rules.answer(check, item["id"], "pass", value="合规定" if item["kind"] == "value" else "", remark="",
                                 by=by, at=self.at)
        quality_rules.approve(check, by=by, at=self.wait(12).at)
        return self

    def settle(self) -> "Visit":
        """The list is drawn up and confirmed, the money recorded."""
        by = self.crew.cashier.actor
        self.db.flush()
        settlement = settlement_queries.draw_up(self.db, self.order, at=self.at)
        settlement_rules.prepare(settlement, by=by, at=self.at)
        old_parts = "returned" if self.reception.old_parts == "take" else "waived"
        payload, digest = settlement_queries.frozen(self.db, settlement, old_parts=old_parts, at=self.at)
        settlement_rules.confirm(settlement, old_parts=old_parts, payload=payload, sha256=digest, by=by, at=self.at)
        self.db.flush()
        self.want("settlement", settlement.id, settlement.number, digest)
        if settlement.total_fen:
            payment = Payment(store_id=self.store.id, method=self.chance.choice(("wechat", "wechat", "alipay", "card")),
                              amount_fen=settlement.total_fen, reference="", idempotency_key=new_id().hex)
            settlement_rules.receive(settlement, payment, by=by, at=self.at)
        settlement_rules.settle(settlement, by=by, at=self.at)
        return self

    def deliver(self) -> "Visit":
        """The customer signs and drives off; the first call is planned."""
        by, picture = self.crew.advisor.actor, svg(drawing(self.car.owner.name))
        months = (self.car.series.service_interval_months if self.car.series else None) or 12
        delivery = Delivery(
            store_id=self.store.id, repair_order_id=self.order.id, mileage_km=self.km + 2, old_parts_outcome="returned",
            next_service_on=self.today + timedelta(days=30 * months), next_service_km=self.km + 10_000, opinion="",
            check_list=[{"id": key, "done": True} for key in HAND_OVER], signer_name=self.car.owner.name,
            signature_svg=picture, signature_sha256=sha256(picture),
        )
        delivery_rules.deliver(self.order, delivery, by=by, at=self.at)
        self.db.add(delivery)
        self.first_call = follow_up_queries.plan_first_call(self.db, self.order, by=by, at=self.at)
        return self

    def call_back(self, clerk: Staff) -> "Visit":
        """The clerk calls on day three or four, and again a good week later; put-off work is mentioned then."""
        at = self.at + timedelta(days=self.chance.choice((3, 3, 3, 4)))
        follow_up_rules.record_call(self.first_call, result="satisfied", text=self.chance.choice(SAID), by=clerk.actor, at=at)
        second = follow_up_queries.plan_second_call(self.db, self.first_call, by=clerk.actor, at=at)
        later = at + timedelta(days=8)
        follow_up_rules.record_call(second, result="satisfied", text="没别的事，谢谢。", by=clerk.actor, at=later)
        for put_off in self.db.scalars(select(FollowUp).where(FollowUp.repair_order_id == self.order.id,
                                                              FollowUp.kind == "deferred_work")):
            follow_up_rules.record_call(put_off, result="answered", text="知道了，下次来店再看。", by=clerk.actor, at=later)
        return self


def on_the_half_hour(at: datetime) -> datetime:
    """The next full or half hour."""
    minutes = -at.minute % 30
    return (at + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
