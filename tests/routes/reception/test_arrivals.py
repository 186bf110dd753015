"""An arrival from the plate to the signature, as the tablet asks for it."""

import html
import json
import re
from uuid import UUID

import pytest
from sqlalchemy import select

from app.domain.office.staff import Role
from app.models.office.document import Document
from app.models.reception.reception import Reception
from app.models.reception.repair_order import Assignment, IntakeContract, RepairOrder
from tests import pictures
from tests.builders import OTHER_STORE_ID, customer, save, staff, vehicle
from tests.house import Browser, House

STEPS = ("customer", "walk", "words", "items", "sign")
INK = [{"points": [{"x": 40 + i * 9, "y": 60 + (i % 5) * 20, "time": 1_000 + i * 40} for i in range(40)]}]


@pytest.fixture
def car(house: House) -> UUID:
    with house.database.writing() as db:
        return save(db, vehicle(series_id="vw_lavida")).id


@pytest.fixture
def advisor(house: House) -> Browser:
    return house.log_in(Role.ADVISOR)


def receive(browser: Browser, car: UUID) -> str:
    answer = browser.post("/reception/arrivals", {"vehicle_id": str(car), "begin": "1"})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rsplit("/", 1)[0]


def ready_to_sign(browser: Browser, car: UUID) -> str:
    base = receive(browser, car)
    htmx = browser.as_htmx()
    assert htmx.post(f"{base}/odometer", {"mileage_km": "45,210"}).status_code == 200
    htmx.post(f"{base}/entries", {"step": "walk", "fuel_eighths": "5", "warning_lamps": "", "items_left": "儿童座椅"})
    browser.post(f"{base}/walk")
    htmx.post(f"{base}/entries", {"step": "words", "customer_words": "踩刹车吱吱响", "customer_waits": "yes",
                                  "old_parts": "take", "allows_test_drive": "yes"})
    assert htmx.post(f"{base}/lines", {"operation_id": "minor_service"}).status_code == 200
    assert htmx.post(f"{base}/promised-time", {"promised_at": "2026-03-03T16:30:00+08:00"}).status_code == 200
    return base


def shown_hash(browser: Browser, base: str) -> str:
    found = re.search(r'name="content_sha256" value="(\w{64})"', browser.get(f"{base}/sign").text)
    assert found
    return found[1]


def sign(browser: Browser, base: str, **form: str) -> object:
    return browser.post(f"{base}/signature", {"content_sha256": shown_hash(browser, base), "canvas": "500x208",
                                              "strokes": json.dumps(INK), **form})


@pytest.mark.rule("R-CORE-3")
def test_a_known_car_goes_from_its_plate_to_a_signed_numbered_order(house: House, advisor: Browser, car: UUID) -> None:
    base = ready_to_sign(advisor, car)
    with house.database.writing() as db:
        technician = staff(Role.TECHNICIAN, name="刘志强")
        db.add(technician)
    answer = sign(advisor, base, technician_id=str(technician.id))
    assert answer.status_code == 303
    assert "BJ-260303-001" in advisor.get(answer.headers["location"]).text
    with house.database.reading() as db:
        contract = db.scalars(select(IntakeContract)).one()
        order = db.scalars(select(RepairOrder)).one()
        assert (order.mileage_km, order.vehicle.mileage_km, order.signed_at) == (45_210, 45_210, house.clock.now)
        assert json.loads(contract.payload)["customer_words"] == "踩刹车吱吱响"
        assert contract.signature_svg.startswith("<svg")
        assert db.scalars(select(Document.kind)).all() == ["intake_contract"]
        assert db.scalars(select(Assignment.technician_id)).all() == [technician.id]


@pytest.mark.rule("R-CORE-14")
def test_a_double_tap_receives_adds_and_signs_once(house: House, advisor: Browser, car: UUID) -> None:
    base = ready_to_sign(advisor, car)
    assert receive(advisor, car) == base
    advisor.as_htmx().post(f"{base}/lines", {"operation_id": "minor_service"})
    first, second = sign(advisor, base), advisor.post(f"{base}/signature", {})
    assert first.headers["location"] == second.headers["location"]
    with house.database.reading() as db:
        assert len(db.scalars(select(Reception)).all()) == len(db.scalars(select(IntakeContract)).all()) == 1
        assert len(db.scalars(select(RepairOrder)).one().intake_lines) == 1


@pytest.mark.rule("AE-066")
def test_what_changed_since_it_was_read_is_not_signed(house: House, advisor: Browser, car: UUID) -> None:
    base = ready_to_sign(advisor, car)
    read = shown_hash(advisor, base)
    advisor.as_htmx().post(f"{base}/lines", {"operation_id": "battery_test"})
    answer = sign(advisor, base, content_sha256=read)
    assert answer.status_code == 409
    with house.database.reading() as db:
        assert db.scalars(select(IntakeContract)).first() is None


@pytest.mark.rule("S-22")
@pytest.mark.parametrize("strokes", ["", "[]", "<svg onload=alert(1)>", '[{"points":[{"x":1,"y":1,"time":1}]}]'])
def test_a_blank_or_forged_signature_is_refused(advisor: Browser, car: UUID, strokes: str) -> None:
    assert sign(advisor, ready_to_sign(advisor, car), strokes=strokes).status_code == 422


@pytest.mark.rule("B-08")
def test_nothing_is_signed_before_everything_is_asked(house: House, advisor: Browser, car: UUID) -> None:
    base = receive(advisor, car)
    assert "还差" in advisor.get(f"{base}/sign").text
    assert sign(advisor, base).status_code == 409


@pytest.mark.rule("R-CORE-2")
def test_a_doubtful_mileage_is_asked_about_and_survives_a_reload(advisor: Browser, car: UUID) -> None:
    base = receive(advisor, car)
    question = advisor.as_htmx().post(f"{base}/odometer", {"mileage_km": "44000"})
    assert question.status_code == 422
    assert "换过里程表" in question.text
    assert 'value="44000"' in advisor.get(f"{base}/walk").text
    assert advisor.as_htmx().post(f"{base}/odometer", {"mileage_km": "44000", "odometer_replaced": "on"}).status_code == 200


def test_every_field_survives_a_reload(advisor: Browser, car: UUID) -> None:
    base = receive(advisor, car)
    htmx = advisor.as_htmx()
    saved = htmx.post(f"{base}/entries", {"step": "words", "customer_words": "空调有霉味<b>", "contact_channel": "wechat"})
    assert "草稿已存" in saved.text
    assert "什么味道" in saved.text
    page = advisor.get(f"{base}/words").text
    assert html.escape("空调有霉味<b>") in page
    htmx.post(f"{base}/entries", {"step": "words", "customer_words": "空调有霉味", "q.smell.kind": "mould"})
    assert re.search(r'value="mould" checked', advisor.get(f"{base}/words").text)


def test_damage_is_marked_photographed_and_only_then_walked_around(house: House, advisor: Browser, car: UUID) -> None:
    base = receive(advisor, car)
    htmx = advisor.as_htmx()
    assert "1" in htmx.post(f"{base}/marks", {"zone": "door_fl", "kind": "scratch", "x": "300.4", "y": "400"}).text
    assert advisor.post(f"{base}/walk").status_code == 409
    with house.database.reading() as db:
        mark = db.scalars(select(Reception)).one().damage_marks[0]
    photo = advisor.request("POST", f"/photos?target=damage_mark&target_id={mark.id}", content=pictures.jpeg(),
                            headers={"content-type": "image/jpeg"})
    assert photo.status_code == 201
    assert advisor.post(f"{base}/walk").headers["location"] == f"{base}/words"


def test_a_mark_beside_the_car_is_refused(advisor: Browser, car: UUID) -> None:
    base = receive(advisor, car)
    for place in ({"x": "900", "y": "10"}, {"x": "nan", "y": "1"}, {}):
        answer = advisor.as_htmx().post(f"{base}/marks", {"zone": "roof", "kind": "dent", **place})
        assert answer.status_code in (409, 422)


@pytest.mark.rule("R-CORE-28")
def test_an_item_can_be_taken_off_and_its_payer_changed(advisor: Browser, house: House, car: UUID) -> None:
    base = ready_to_sign(advisor, car)
    with house.database.reading() as db:
        line = db.scalars(select(RepairOrder)).one().intake_lines[0]
    htmx = advisor.as_htmx()
    assert htmx.post(f"{base}/lines/{line.id}/payer", {"payer": "goodwill"}).status_code == 200
    assert htmx.delete(f"{base}/lines/{line.id}").status_code == 200
    assert htmx.delete(f"{base}/lines/{line.id}").status_code == 200
    with house.database.reading() as db:
        assert db.scalars(select(RepairOrder)).one().intake_lines == []


def test_a_promised_time_that_is_over_is_refused(advisor: Browser, car: UUID) -> None:
    base = receive(advisor, car)
    for moment in ("2026-03-03T11:00:00+08:00", "tomorrow", ""):
        assert advisor.as_htmx().post(f"{base}/promised-time", {"promised_at": moment}).status_code == 409


@pytest.mark.rule("R-CORE-4", "B-06")
def test_an_emergency_starts_without_the_paper_and_can_be_signed_later(house: House, advisor: Browser, car: UUID) -> None:
    base = ready_to_sign(advisor, car)
    page = advisor.post(f"{base}/emergency", {"reason": "半路抛锚"}).headers["location"]
    assert "先抢修后补单" in advisor.get(page).text
    assert sign(advisor, base).status_code == 303


def test_a_customer_who_leaves_takes_the_order_along_and_may_come_back(house: House, advisor: Browser, car: UUID) -> None:
    base = receive(advisor, car)
    assert advisor.post(f"{base}/departure", {"reason": " "}).status_code == 409
    assert advisor.post(f"{base}/departure", {"reason": "等不及"}).status_code == 303
    assert "客户已走" in advisor.get(f"{base}/walk").text
    assert receive(advisor, car) != base


def test_a_waiting_car_shows_its_minutes_and_is_begun_from_the_list(house: House, advisor: Browser, car: UUID) -> None:
    clerk = house.log_in(Role.INFORMATION_CLERK)
    clerk.post("/reception/arrivals", {"vehicle_id": str(car), "reason": "6 万公里保养"})
    house.clock.advance(minutes=6)
    page = advisor.get("/reception").text
    assert "6 万公里保养" in page
    assert re.search(r'timer">6<', page)


def test_only_receptions_own_people_of_this_store_get_in(house: House, advisor: Browser, car: UUID) -> None:
    base = receive(advisor, car)
    for step in STEPS:
        assert advisor.get(f"{base}/{step}").status_code == 200, step
        assert house.neighbour(Role.ADVISOR).get(f"{base}/{step}").status_code == 404
        assert house.log_in(Role.TECHNICIAN).get(f"{base}/{step}").status_code == 403
        assert house.stranger().get(f"{base}/{step}").status_code == 303
    stranger = house.neighbour(Role.ADVISOR)
    for path in ("entries", "odometer", "marks", "lines", "promised-time", "signature", "departure", "emergency"):
        assert stranger.post(f"{base}/{path}", {"reason": "x"}).status_code == 404, path
    assert stranger.post("/reception/arrivals", {"vehicle_id": str(car)}).status_code == 404


def test_a_technician_of_another_store_is_never_put_on_a_car(house: House, advisor: Browser, car: UUID) -> None:
    base = ready_to_sign(advisor, car)
    with house.database.writing() as db:
        outsider = staff(Role.TECHNICIAN, store_id=OTHER_STORE_ID)
        db.add(outsider)
    assert sign(advisor, base, technician_id=str(outsider.id)).status_code == 404


def test_another_store_does_not_find_the_customer_by_phone(house: House) -> None:
    with house.database.writing() as db:
        save(db, vehicle(owner=customer()))
    assert "沈雨桐" in house.log_in(Role.ADVISOR).get("/search?q=6021").text
    assert "沈雨桐" not in house.neighbour(Role.ADVISOR).get("/search?q=6021").text
