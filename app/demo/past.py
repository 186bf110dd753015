"""Two years of visits before the week that is going on."""

import random
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.demo.pictures_box import PictureBox
from app.demo.visit import Crew, Visit
from app.models.office.document import Document
from app.models.office.staff import Staff
from app.models.office.store import Store
from app.models.reception.vehicle import Vehicle

KEY_POINTS = ("tyre_tread", "front_brake_pad", "rear_brake_pad", "brake_fluid_water", "battery_voltage")
REASONS = ("保养", "保养，顺便看看异响", "空调不够凉", "刹车有声音", "换轮胎", "年审前检查")
WORDS = ("来做保养，没别的问题。", "保养，踩刹车有点响，您看看。", "空调吹出来有点霉味。", "高速上方向盘有点抖。",
         "快年审了，帮我全查一遍。", "上次说的轮胎，今天看看还能不能开。")
EXTRAS = ("air_filter_replace", "cabin_filter_replace", "wiper_front_replace", "brake_fluid_replace", "wheel_alignment",
          "spark_plugs_replace", "coolant_replace", "tyre_rotation")
FINDS = (("front_brake_pad", "FL", 2.6, "front_brake_pads_replace", "brake-pad-worn"),
         ("rear_brake_pad", "RL", 2.4, "rear_brake_pads_replace", "brake-pad-thin"),
         ("tyre_tread", "RL", 2.4, "tyre_replace_axle", "tyre-2.4mm"),
         ("brake_fluid_water", "", 2.8, "brake_fluid_replace", "brake-disc-fitted"))
DECISIONS = ("approved", "approved", "approved", "declined", "deferred")


def make_past(db: Session, store: Store, cars: list[Vehicle], crews: list[Crew], pictures: PictureBox, *, clerk: Staff,
              now: datetime, chance: random.Random) -> int:
    """Every car's earlier visits, in the order in which they happened; returns how many."""
    days = sorted(
        (now - timedelta(days=day, hours=chance.randrange(0, 6), minutes=chance.randrange(60)), number)
        for number, car in enumerate(cars) for day in visit_days(chance)
    )
    for count, (at, number) in enumerate(days):
        make_one(db, store, cars[number], crews[count % len(crews)], pictures, at=at, chance=chance).call_back(clerk)
        if count % 50 == 49:
            db.flush()
            db.expire_all()
    db.flush()
    # the papers of those years went home with their cars; only this week's are made
    db.execute(delete(Document).where(Document.store_id == store.id, Document.made_at.is_(None)))
    return len(days)


def visit_days(chance: random.Random) -> list[int]:
    """How many days ago a car was here: about every ten months, some cars rarely."""
    first = chance.randrange(20, 1_000)
    return [day for step in range(3) if (day := first + step * chance.randrange(230, 330)) < 730]


def make_one(
    db: Session, store: Store, car: Vehicle, crew: Crew, pictures: PictureBox, *, at: datetime, chance: random.Random
) -> Visit:
    """One ordinary visit from arrival to delivery; now and then something is found."""
    visit = Visit(db, store, car, crew, chance, pictures, at)
    is_electric = bool(car.series and car.series.powertrain == "bev")
    visit.arrive(km=car.mileage_km + chance.randrange(4_000, 12_000), reason=chance.choice(REASONS),
                 words=chance.choice(WORDS)).wait(6).begin().walk_around()
    visit.agree("ev_service" if is_electric else "minor_service")
    if chance.random() < 0.5:
        visit.agree(chance.choice(EXTRAS[1:4]) if is_electric else chance.choice(EXTRAS))
    visit.wait(9).sign().dispatch(chance.choice(crew.technicians)).wait(10)
    found = chance.choice(FINDS) if chance.random() < 0.3 else None
    visit.inspect({f"{found[0]}|{found[1]}": found[2]} if found else {}, only=KEY_POINTS)
    if found and found[3] not in {line.operation_id for line in visit.order.lines}:
        add_on = visit.propose(found[3], visit.finding(found[0], found[1]), found[4])
        version = visit.wait(6).review(add_on).wait(5).send(add_on)
        visit.wait(14).decide(version, chance.choice(DECISIONS))
    return visit.wait(5).do().hand_to_check().wait(8).check().wait(10).settle().wait(5).deliver()
