"""The week that is going on: a car in every state, dated from the moment the demo is loaded."""

import random
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.demo.pictures_box import PictureBox
from app.demo.visit import Crew, Visit
from app.models.office.store import Store
from app.models.reception.vehicle import Vehicle


class Week:
    """Places cars on the floor, each some minutes ago."""

    def __init__(self, db: Session, store: Store, cars: list[Vehicle], crews: list[Crew], pictures: PictureBox, *,
                 now: datetime, chance: random.Random) -> None:
        self.db, self.store, self.crews, self.pictures, self.now, self.chance = db, store, crews, pictures, now, chance
        self.story_car, *rest = cars
        self.cars = iter([car for car in rest if car.series and car.series.powertrain != "bev"])

    def visit(self, minutes_ago: int, *, crew: int = 0, car: Vehicle | None = None) -> Visit:
        """The next car, that many minutes ago."""
        return Visit(self.db, self.store, car or next(self.cars), self.crews[crew], self.chance, self.pictures,
                     self.now - timedelta(minutes=minutes_ago))

    def signed(self, minutes_ago: int, *operations: str, words: str, crew: int = 0, car: Vehicle | None = None,
               hours: float = 5, marks: tuple[tuple[str, str, int, int, str], ...] = ()) -> Visit:
        """A car whose order is signed and which a technician has."""
        visit = self.visit(minutes_ago, crew=crew, car=car)
        visit.arrive(km=visit.car.mileage_km + self.chance.randrange(3_000, 9_000), reason=words[:12], words=words)
        visit.wait(4).begin().walk_around(*marks).agree(*operations).wait(8).sign(hours=hours)
        return visit.dispatch().wait(6)

    def make(self) -> None:
        """Everything a newcomer should see at once."""
        self.days_before()
        self.waiting()
        self.open_paper()
        self.in_the_bay()
        self.with_findings()
        self.with_the_customer()
        self.decided()
        self.through_the_gate()

    def days_before(self) -> None:
        """The week so far: delivered cars, so that first calls are due today."""
        for days in range(1, 8):
            for number in range(3):
                visit = self.signed(days * 1440 + 300 - number * 40, "minor_service", words="来做保养。", crew=number % 2)
                visit.inspect({}, only=("tyre_tread", "front_brake_pad"))
                visit.do().hand_to_check().wait(5).check().settle().deliver()

    def waiting(self) -> None:
        """Two people at the desk, one for six minutes."""
        self.visit(6).arrive(km=0, reason="6 万公里保养，说刹车有异响")
        self.visit(2).arrive(km=0, reason="第一次来，轮胎被扎，胎压灯亮")

    def open_paper(self) -> None:
        """One car half way through reception, one emergency without paper."""
        half = self.visit(14).arrive(km=0, reason="空调不凉", words="吹出来是温的，前两天还好。")
        half.km = half.car.mileage_km + 5_200
        half.begin().walk_around().agree("ac_performance_check")
        urgent = self.visit(35, crew=1).arrive(km=0, reason="拖车送来，漏水", words="路上水温高，停在路边叫的拖车。")
        urgent.km = urgent.car.mileage_km + 2_100
        urgent.begin(service_class="minor_repair").walk_around().agree("computer_diagnosis")
        from app.domain.reception import repair_order

        repair_order.allow_emergency(urgent.order, reason="漏水严重，先堵漏再补单", by=urgent.crew.advisor.actor, at=urgent.at)
        urgent.dispatch()

    def in_the_bay(self) -> None:
        """One being inspected, one being worked on."""
        checking = self.signed(70, "minor_service", words="保养，方向盘高速有点抖。")
        half = ("tyre_tread", "low_beam", "brake_lamp", "battery_voltage")
        checking.inspect({"tyre_tread|FL": 2.7}, only=half, is_complete=False)
        filters = ("minor_service", "air_filter_replace", "cabin_filter_replace")
        self.signed(95, *filters, words="保养，空调滤芯一起换。", crew=1).do(until=1)

    def with_findings(self) -> None:
        """Just proposed and waiting for a second person; reviewed and waiting for a price."""
        new = self.signed(80, "minor_service", words="保养，早上冷车轻踩有响。", crew=1)
        new.inspect({"front_brake_pad|FL": 1.8, "front_brake_pad|FR": 1.9})
        new.propose("front_brake_pads_replace", new.finding("front_brake_pad", "FL"), "brake-pad-worn-ruler", "brake-disc-fitted")
        seen = self.signed(130, "minor_service", words="常规保养。")
        seen.inspect({"tyre_tread|RL": 2.4, "brake_fluid_water": 2.6})
        tyre = seen.propose("tyre_replace_axle", seen.finding("tyre_tread", "RL"), "tyre-2.4mm")
        fluid = seen.propose("brake_fluid_replace", seen.finding("brake_fluid_water"), "brake-disc-fitted")
        seen.wait(6).review(tyre, fluid)

    def with_the_customer(self) -> None:
        """沈女士 at work has three lines on her phone; another customer has had hers for half an hour."""
        story = self.signed(
            118, "minor_service", words="踩刹车前面吱吱响，早上冷车更明显；空调有霉味。", car=self.story_car, hours=6,
            marks=(("door_fl", "scratch", 285, 395, "door-scratched"),),
        )
        story.inspect({"front_brake_pad|FL": 1.8, "front_brake_pad|FR": 2.0, "tyre_tread|RL": 2.4, "brake_fluid_water": 2.8,
                       "cabin_filter": "watch"})
        pads = story.propose("front_brake_pads_replace", story.finding("front_brake_pad", "FL"), "brake-pad-worn-ruler",
                             "brake-pad-worn-wide", "brake-disc-grooved")
        tyre = story.propose("tyre_replace_axle", story.finding("tyre_tread", "RL"), "tyre-2.4mm")
        fluid = story.propose("brake_fluid_replace", story.finding("brake_fluid_water"), "brake-disc-fitted")
        story.wait(8).review(pads, tyre, fluid).wait(6).send(pads, tyre, fluid)
        slow = self.signed(150, "minor_service", words="保养。", crew=1)
        slow.inspect({"rear_brake_pad|RL": 1.9})
        rear = slow.propose("rear_brake_pads_replace", slow.finding("rear_brake_pad", "RL"), "brake-pad-thin")
        slow.wait(5).review(rear).wait(4).send(rear)

    def decided(self) -> None:
        """Signed a moment ago: the technician's phone has just turned green."""
        visit = self.signed(165, "minor_service", words="保养，后轮有声音。")
        visit.inspect({"rear_brake_pad|RR": 1.7, "tyre_tread|FR": 2.2})
        pads = visit.propose("rear_brake_pads_replace", visit.finding("rear_brake_pad", "RR"), "brake-pad-worn")
        tyre = visit.propose("tyre_replace_axle", visit.finding("tyre_tread", "FR"), "tyre-2.1mm")
        version = visit.wait(5).review(pads, tyre).wait(5).send(pads, tyre)
        visit.wait(12).decide(version, "approved", "deferred")

    def through_the_gate(self) -> None:
        """Waiting for the check, ready, settled, and one cancelled."""
        self.signed(220, "minor_service", words="保养。", crew=1).do().hand_to_check()
        ready = self.signed(240, "minor_service", "wiper_front_replace", words="保养，雨刮刮不干净。", hours=4.5)
        ready.do().hand_to_check().wait(6).check()
        paid = self.signed(260, "minor_service", words="保养。", crew=1, hours=5)
        paid.do().hand_to_check().wait(6).check().wait(5).settle()
        gone = self.signed(200, "wheel_alignment", words="方向跑偏。", crew=1)
        from app.domain.reception import repair_order

        repair_order.cancel(gone.order, reason="客户临时有事，改天再来", by=gone.crew.advisor.actor, at=gone.at)
