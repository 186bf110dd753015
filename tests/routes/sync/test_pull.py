"""Pull: whole orders above the cursor, and the past a phone and the shop share (offline.md §2.4)."""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from litestar.testing import TestClient
from sqlalchemy import select

from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop.add_on import AddOnStatus
from app.main import create_app
from app.models.base import Base
from app.models.reception.order_line import OrderLine
from app.models.reception.repair_order import RepairOrder
from app.models.revision import order_id_of
from app.models.workshop.inspection import Inspection
from tests.builders import STORE_ID, add_on, reception, repair_order, save
from tests.engines import both_engines
from tests.house import House, Statements
from tests.phones import floor, pad, put_on, technician


@both_engines
def test_the_first_pull_brings_my_cars_and_every_list(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    floor(house, technician(house))
    answer = phone.pull()
    assert (answer["reset"], answer["more"], answer["gone"]) == (True, False, [])
    keys = [doc["key"] for doc in answer["docs"]]
    assert [key for key in keys if key.startswith("ro:")] == [f"ro:{car.order_id}"]
    assert {"list:operations", "list:settings", "list:messages"} <= set(keys)
    sheet = phone.doc(car.order_id)["inspections"][0]
    assert f"list:template:{sheet['template']}" in keys
    again = phone.pull(answer["timeline"], answer["rev"])
    assert (again["reset"], again["docs"], again["rev"]) == (False, [], answer["rev"])


def test_a_phone_learns_no_price_no_phone_number_and_no_address(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    text = phone.request("GET", "/sync/pull", params={"device_id": phone.device_id}).text
    assert "13812346021" not in text
    assert '_fen"' not in text
    assert phone.doc(car.order_id)["customer_name_masked"] == "沈女士"


def test_what_the_office_changes_reaches_the_phone_by_the_same_cursor(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    before = phone.pull()
    with house.database.writing() as db:
        db.get_one(OrderLine, UUID(car.line_id)).title_zh = "更换机油"
    after = phone.pull(before["timeline"], before["rev"])
    assert after["docs"][0]["data"]["lines"][0]["title"] == "更换机油"
    assert after["docs"][0]["rev"] == after["rev"] > before["rev"]


@pytest.mark.parametrize("mapper", sorted(Base.registry.mappers, key=lambda one: one.class_.__name__))
def test_every_row_of_an_order_moves_the_phones_cursor(mapper: object) -> None:
    """A walk over all mapped tables: a row that points to an order, or to something of one, finds that order."""
    kind = mapper.class_  # type: ignore[attr-defined]
    names = {column.key for column in mapper.columns}  # type: ignore[attr-defined]
    owners = {"repair_order_id", "line_id", "finding_id", "estimate_id", "settlement_id", "inspection_id", "version_id"}
    if not names & owners or "store_id" not in names:
        assert kind.__name__ != "OrderLine"
        return
    ways = {"repair_order_id"} | {f"{way}_id" for way in
                                  ("repair_order", "line", "finding", "estimate", "settlement", "inspection")}
    leads = names & ways or {name for name in ("version", "approval") if name in {r.key for r in mapper.relationships}}  # type: ignore[attr-defined]
    assert leads, f"{kind.__name__} belongs to an order and would not reach the phones"
    assert callable(order_id_of)


def test_pages_follow_each_other_without_losing_an_order(house: House) -> None:
    phone = technician(house)
    cars = {f"ro:{floor(house, phone).order_id}" for _n in range(5)}
    found, timeline, rev, rounds = set(), "", 0, 0
    while True:
        page = phone.pull(timeline, rev, limit=2)
        found |= {doc["key"] for doc in page["docs"] if doc["key"].startswith("ro:")}
        timeline, rev, rounds = page["timeline"], page["rev"], rounds + 1
        if not page["more"]:
            break
    assert (found, rounds) == (cars, 3)


def test_thirty_orders_take_as_many_questions_as_two(house: House) -> None:
    phone = technician(house)
    counts = []
    for many in (2, 10):
        for _n in range(many):
            car = floor(house, phone)
            phone.do("insp.item_set", car.order_id, pad(car))
        with Statements(house.database) as counted:
            phone.pull(limit=50)
        counts.append(len(counted))
    assert counts[0] == counts[1], counts


def test_a_new_start_of_the_server_is_a_new_timeline_that_knows_the_old(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    before = phone.pull()
    with TestClient(create_app(house.settings, clock=house.clock), base_url="http://testserver.local") as client:
        second = House(client.app, client, house.settings, house.clock)
        again = phone.clone()
        again.house = second
        after = again.pull(before["timeline"], before["rev"])
        assert after["timeline"] != before["timeline"]
        assert (after["reset"], after["docs"]) == (False, [])
        assert again.do("insp.item_set", car.order_id, pad(car))["status"] == "applied"


def test_fault_row_16_17_after_a_restored_backup_phones_start_over_and_send_again(house: House, tmp_path: Path) -> None:
    phone = technician(house)
    car = floor(house, phone)
    restored_folder = tmp_path / "restored"
    restored_folder.mkdir()
    with (closing(sqlite3.connect(tmp_path / "mingdan.db")) as source,
          closing(sqlite3.connect(restored_folder / "mingdan.db")) as backup):
        source.backup(backup)
    lost = phone.write("insp.item_set", car.order_id, pad(car))
    phone.push(lost)
    cursor = phone.pull()
    settings = type(house.settings)(var=restored_folder, secret="s", database_url=f"sqlite:///{restored_folder}/mingdan.db")
    with TestClient(create_app(settings, clock=house.clock), base_url="http://testserver.local") as client:
        other = phone.clone()
        other.house = House(client.app, client, settings, house.clock)
        for number in range(3):  # others wrote meanwhile: the number alone would look right again
            with other.house.database.writing() as db:
                db.get_one(RepairOrder, car.order_id).bay = f"{number}"
        after = other.pull(cursor["timeline"], cursor["rev"])
        assert after["ack_seq"] < cursor["ack_seq"], "the phone sends again what it kept"
        assert after["rev"] > cursor["rev"]
        assert after["reset"] is True, "the past ended before this cursor: nothing others wrote is missed"
        assert other.push(lost)["verdicts"][0]["status"] == "applied"


def test_a_cursor_of_an_unknown_past_starts_over(house: House) -> None:
    phone = technician(house)
    floor(house, phone)
    now = phone.pull()
    for timeline, rev in (("", 5), ("nonsense", 5), (str(UUID(int=5)), 1), (now["timeline"], now["rev"] + 1)):
        assert phone.pull(timeline, rev)["reset"] is True
    with house.database.reading() as db:
        assert db.scalars(select(RepairOrder.id)).all()


def test_a_car_that_left_two_days_ago_leaves_the_phone(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    before = phone.pull()
    with house.database.writing() as db:
        order = db.get_one(RepairOrder, car.order_id)
        order.status, order.delivered_at = OrderStatus.DELIVERED, house.clock.now
    assert phone.pull(before["timeline"], before["rev"])["gone"] == []
    house.clock.advance(hours=49)
    assert phone.pull()["gone"] == [f"ro:{car.order_id}"]


def test_last_visits_values_and_what_was_not_done_come_along(house: House) -> None:
    phone = technician(house)
    before = floor(house, phone)
    phone.do("insp.item_set", before.order_id, pad(before, 4.0, "watch"))
    phone.do("insp.complete", before.order_id, {"insp": before.insp})
    with house.database.writing() as db:
        order = db.get_one(RepairOrder, before.order_id)
        vehicle = order.vehicle
        with db.no_autoflush:
            db.add(add_on(repair_order=order, status=AddOnStatus.DECLINED, decided_at=house.clock.now, proposed_by_id=None))
            now = repair_order(reception=reception(vehicle=vehicle, customer=vehicle.owner))
            save(db, now)
        put_on(db, now, phone.staff_id)
        now_id = now.id
    doc = phone.doc(now_id)
    assert doc["last_visit"]["values"]["front_brake_pad|FL"]["value"] == 4.0
    assert [row["title"] for row in doc["open_declined"]] == ["更换前刹车片"]


def test_a_device_of_somebody_else_is_not_spoken_for(house: House) -> None:
    phone, other = technician(house), technician(house)
    answer = phone.request("GET", "/sync/pull", params={"device_id": other.device_id})
    assert answer.status_code == 403


def test_an_older_list_of_points_still_in_use_is_brought(house: House) -> None:
    from app.models.workshop.inspection import InspectionTemplate

    phone = technician(house)
    car = floor(house, phone)
    with house.database.writing() as db:
        old = db.get_one(InspectionTemplate, db.get_one(Inspection, UUID(car.insp)).template_id)
        db.add(InspectionTemplate(store_id=STORE_ID, kind="general", version=old.version + 1, name_zh="新", name_en="new",
                                  content=old.content, made_at=house.clock.now))
        old_id = old.id
    keys = [doc["key"] for doc in phone.pull()["docs"] if doc["key"].startswith("list:template:")]
    assert len(keys) == 2
    assert f"list:template:{old_id}" in keys
