"""Three hundred customers and their cars, the same ones every time: valid plates of both kinds, VINs whose check digit fits."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.reception import customer as customer_rules
from app.domain.reception import vehicle as vehicle_rules
from app.domain.reception.vehicle import PROVINCES, check_digit, plate_kind
from app.models.office.staff import Staff
from app.models.office.store import Store
from app.models.reception.customer import Customer
from app.models.reception.vehicle import Vehicle, VehicleSeries

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
GIVEN = (
    "伟,芳,娜,敏,静,丽,强,磊,军,洋,勇,艳,杰,娟,涛,明,超,秀英,霞,平,刚,桂英,雨桐,浩然,思远,美玲,文博,晓岚,一诺,子涵,"
    "欣怡,建国,志强,国强,海燕,春梅,宇轩,梓萱,佳怡,俊杰,雅婷,天佑,若曦,瑞,宁,帆,晨,璐,琳,倩,婷"
).split(",")
RARE = (("王䶮", "先生"), ("陈𬱖", "女士"), ("阿依古丽·买买提江", "女士"), ("欧阳建国", "先生"), ("司马相宜", "女士"),
        ("Michael Hartmann", "先生"), ("玛依拉·阿不都热合曼·艾斯卡尔江", "女士"), ("㛃晓", "女士"))
COMPANIES = ("杭州顺达物流有限公司滨江分公司", "浙江绿源餐饮管理有限公司", "杭州恒信建筑工程有限公司", "杭州蓝海网络科技有限公司",
             "杭州市滨江区启明幼儿园", "浙江中天医药配送有限公司")
STREETS = ("江南大道", "滨盛路", "长河路", "西兴路", "江陵路", "闻涛路", "滨安路", "月明路", "泰安路", "丹枫路")
TIMES = ("", "上午", "午休", "工作日 18:00 后", "周末", "随时")
COLOURS = ("白", "黑", "银灰", "深蓝", "红", "香槟金")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def people(count: int, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Name, title and kind of each customer: rare and long names first, some companies, then the usual ones."""
    yield from ((name, title, "person") for name, title in RARE)
    yield from ((name, "", "company") for name in COMPANIES)
    for _ in range(count - len(RARE) - len(COMPANIES)):
        yield chance.choice(SURNAMES) + chance.choice(GIVEN), chance.choice(("先生", "女士")), "person"


def phone(number: int) -> str:
    """A mobile number nobody else in the demo has."""
    return f"1{(38, 39, 58, 77, 86)[number % 5]}{(number * 7_919_357 + 10_000_019) % 100_000_000:08d}"


def plate(chance: random.Random, *, is_electric: bool, taken: set[str]) -> str:
    """A plate of the car's kind, mostly of Hangzhou."""
    while True:
        head = "浙" if chance.random() < 0.93 else chance.choice(PROVINCES)
        city = chance.choice("AAAAABCD")
        if is_electric:
            text = f"{head}{city}{chance.choice('DF')}{chance.randrange(100_000):05d}"
        else:
            places = [str(chance.randrange(10)) for _ in range(5)]
            for place in chance.sample(range(5), chance.choice((0, 1, 1, 2))):
                places[place] = chance.choice("ABCDEFGHJKLMNPQRSTUVWXYZ")
            text = head + city + "".join(places)
        if plate_kind(text) and text not in taken:
            taken.add(text)
            return text


def vin(chance: random.Random, year: int) -> str:
    """Seventeen places with the right check digit and the model year's letter."""
    years = "ABCDEFGHJKLMNPRSTVWXY123456789"
    head = "L" + "".join(chance.choice(VIN_LETTERS) for _ in range(2)) + "".join(
        chance.choice(VIN_LETTERS + "0123456789") for _ in range(5))
    tail = years[(year - 2010) % 30] + chance.choice(VIN_LETTERS) + f"{chance.randrange(1_000_000):06d}"
    digit = check_digit(f"{head}0{tail}")
    return f"{head}{digit}{tail}"


def make_files(
    db: Session, store: Store, clerk: Staff, *, count: int, first_on: datetime, chance: random.Random
) -> list[Vehicle]:
    """Open every file through the verbs, spread over the months before the first visit."""
    series = list(db.scalars(select(VehicleSeries).order_by(VehicleSeries.id)))
    taken: set[str] = {"浙A7K35M"}
    cars = [make_story_car(db, store, clerk, series, at=first_on)]
    for number, (name, title, kind) in enumerate(people(count - 1, chance), 1):
        at = first_on + timedelta(hours=number)
        owner = make_customer(db, store, clerk, name, title, kind, phone(number), at=at, chance=chance)
        for _ in range(3 if kind == "company" else 1):
            cars.append(make_car(db, owner, chance.choice(series), at=at, chance=chance, taken=taken, clerk=clerk))
    db.flush()
    return cars


def make_customer(
    db: Session, store: Store, clerk: Staff, name: str, title: str, kind: str, number: str, *, at: datetime,
    chance: random.Random,
) -> Customer:
    """One customer's file."""
    owner = Customer(
        store_id=store.id, name=customer_rules.read_name(name), title=title, kind=kind,
        phone=customer_rules.read_phone(number), address=f"杭州市滨江区{chance.choice(STREETS)} {chance.randrange(1, 999)} 号",
        contact_time=chance.choice(TIMES), contact_channel=chance.choice(("phone", "wechat", "sms")),
        source=chance.choice(("朋友介绍", "路过", "网上", "续购")), follow_up_clerk_id=clerk.id,
        language="en" if name.isascii() else "zh_CN", made_at=at,
    )
    customer_rules.open_file(owner, by=clerk.actor, at=at)
    db.add(owner)
    return owner


def make_car(
    db: Session, owner: Customer, series: VehicleSeries, *, at: datetime, chance: random.Random, taken: set[str],
    clerk: Staff,
) -> Vehicle:
    """A car of that series, one to eight years old when its file is opened."""
    age_days = chance.randrange(200, 2_600)
    bought = at.date() - timedelta(days=age_days)
    is_electric = series.powertrain in ("bev", "phev")
    text = plate(chance, is_electric=is_electric, taken=taken)
    models = series.facts.get("typical_models") or [""]
    car = Vehicle(
        store_id=owner.store_id, owner=owner, plate=text, plate_kind=plate_kind(text), vin=vin(chance, bought.year),
        series_id=series.id, model_name=f"{series.brand_zh} {series.series_zh} {chance.choice(models)}".strip(),
        colour=chance.choice(COLOURS), purchased_on=bought, registered_on=bought + timedelta(days=9),
        mileage_km=age_days * chance.randrange(18, 60), made_at=at,
        insurance_due_on=next_anniversary(bought, at.date()), inspection_due_on=next_anniversary(bought, at.date()),
    )
    vehicle_rules.register(car, by=clerk.actor, at=at)
    db.add(car)
    return car


def next_anniversary(first: date, after: date) -> date:
    """The first anniversary of a day that lies ahead."""
    day = min(first.day, 28)
    this_year = date(after.year, first.month, day)
    return this_year if this_year > after else date(after.year + 1, first.month, day)


def make_story_car(db: Session, store: Store, clerk: Staff, series: list[VehicleSeries], *, at: datetime) -> Vehicle:
    """沈女士 and 浙A·7K35M, whose story runs through every page."""
    owner = Customer(
        store_id=store.id, name="沈雨桐", title="女士", kind="person", phone="13812346021", made_at=at,
        address="杭州市滨江区江南大道 588 号", contact_time="工作日 18:00 后", contact_channel="wechat", source="朋友介绍",
        follow_up_clerk_id=clerk.id, language="zh_CN",
    )
    customer_rules.open_file(owner, by=clerk.actor, at=at)
    kind = next(row for row in series if row.powertrain == "fuel" and row.vehicle_class == "A")
    bought = at.date() - timedelta(days=1_180)
    car = Vehicle(
        store_id=store.id, owner=owner, plate="浙A7K35M", plate_kind="blue", vin=vin(random.Random(7), bought.year),  # noqa: S311
        series_id=kind.id, model_name=f"{kind.brand_zh} {kind.series_zh} {kind.facts['typical_models'][0]}", colour="白",
        purchased_on=bought, registered_on=bought + timedelta(days=6), mileage_km=38_400, made_at=at,
        insurance_due_on=next_anniversary(bought, at.date()), inspection_due_on=next_anniversary(bought, at.date()),
    )
    vehicle_rules.register(car, by=clerk.actor, at=at)
    db.add_all([owner, car])
    return car
