"""Records that wait for a person: each says what happened and is settled with a note, or tried again."""

import pytest

from app.domain.office.staff import Role
from app.models.base import new_id
from app.routes.sync import batch
from tests.house import House
from tests.phones import floor, pad, technician


def test_a_refused_record_is_shown_and_leaves_the_page_with_a_note(house: House) -> None:
    phone, desk = technician(house), house.log_in(Role.ADVISOR)
    car = floor(house, phone)
    verdict = phone.do("insp.item_set", car.order_id, pad(car, 1.6, "good"))
    page = desk.get("/workshop/attention").text
    assert "浙A" in page
    assert "不符合店里规定" in page
    url = f"/workshop/attention/{verdict['mid']}/settlement"
    assert desk.post(url, {"note": " "}).status_code == 409
    assert house.neighbour(Role.ADVISOR).post(url, {"note": "x"}).status_code == 404
    assert house.log_in(Role.CASHIER).post(url, {"note": "x"}).status_code == 403
    assert house.stranger().get("/workshop/attention").status_code == 303
    assert desk.post(url, {"note": "和技师说好了"}).status_code == 303
    assert "没有要处理的" in desk.get("/workshop/attention").text


def test_fault_row_18_after_the_fix_a_parked_record_has_its_effect(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    phone, desk = technician(house), house.log_in(Role.WORKSHOP_MANAGER)
    car = floor(house, phone)
    found = pad(car)
    with monkeypatch.context() as patch:
        patch.setitem(batch.HANDLERS, "insp.item_set", broken)
        verdict = phone.do("insp.item_set", car.order_id, found)
    note = {"insp": car.insp, "finding": found["finding"], "note": str(new_id()), "text": "rusty too"}
    assert phone.do("insp.note_add", car.order_id, note)["status"] == "held"
    assert desk.post(f"/workshop/attention/{verdict['mid']}/trial").status_code == 303
    [finding] = phone.doc(car.order_id)["inspections"][0]["findings"]
    assert (finding["value"], finding["notes"][0]["text"]) == (1.6, "rusty too")
    assert "没有要处理的" in desk.get("/workshop/attention").text


def test_c1_somebody_looks_at_the_car_and_says_which_reading_holds(house: House) -> None:
    first, second, desk = technician(house), technician(house), house.log_in(Role.QUALITY_INSPECTOR)
    car = floor(house, first, second)
    first.do("insp.item_set", car.order_id, pad(car, 1.6))
    second.do("insp.item_set", car.order_id, pad(car, 6.0, "good"))
    page = desk.get("/workshop/attention").text
    assert "左前前刹车片厚度" in page
    finding = first.doc(car.order_id)["inspections"][0]["findings"][0]
    url = f"/workshop/findings/{finding['id']}/confirmation"
    reading = next(part.split('"')[0] for part in page.split('name="reading_id" value="')[1:] if " 6 mm" in part)
    assert house.neighbour(Role.QUALITY_INSPECTOR).post(url, {"reading_id": reading}).status_code == 404
    assert desk.post(url, {"reading_id": str(new_id())}).status_code == 404
    assert desk.post(url, {"reading_id": reading}).status_code == 303
    finding = first.doc(car.order_id)["inspections"][0]["findings"][0]
    assert (finding["grade"], finding["value"], finding["two_readings"]) == ("good", 6.0, False)
    assert desk.post(url, {"reading_id": reading}).status_code == 409
