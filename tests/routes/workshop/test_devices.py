"""The page of the bay's phones: who gets a code, who is cut off."""

import re

from app.domain.office.staff import Role
from tests.builders import OTHER_STORE_ID
from tests.house import Browser, House
from tests.phones import technician


def digits_for(desk: Browser, staff_id: object) -> str:
    page = desk.post("/workshop/devices/codes", {"staff_id": str(staff_id)})
    assert page.status_code == 200, page.text
    found = re.search(r'big-code">(\d{3}) (\d{3})<', page.text)
    assert found
    return found[1] + found[2]


def enrol(house: House, code: str, **facts: object) -> object:
    answer = house.client.post("/sync/enrol", json={"code": code, "label": "Redmi", **facts}, headers={"x-bay": "1"})
    house.client.cookies.clear()
    return answer


def test_six_digits_from_the_desk_make_a_phone_somebodys(house: House) -> None:
    phone, desk = technician(house), house.log_in(Role.WORKSHOP_MANAGER)
    code = digits_for(desk, phone.staff_id)
    answer = enrol(house, f"{code[:3]} {code[3:]}")
    assert answer.status_code == 200
    assert answer.json()["user"]["id"] == str(phone.staff_id)
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert "samesite=lax" in answer.headers["set-cookie"].lower()
    phone.token = answer.cookies["bay"]
    assert phone.request("GET", "/sync/me").json()["device_id"] == answer.json()["device_id"]
    assert "Redmi" in desk.get("/workshop/devices").text


def test_a_code_is_used_once_and_lives_ten_minutes(house: House) -> None:
    phone, desk = technician(house), house.log_in(Role.ADMINISTRATOR)
    code = digits_for(desk, phone.staff_id)
    assert enrol(house, code).status_code == 200
    assert enrol(house, code).status_code == 404
    late = digits_for(desk, phone.staff_id)
    house.clock.advance(minutes=10)
    assert enrol(house, late).status_code == 404


def test_guessing_codes_ends_after_twenty_tries(house: House) -> None:
    phone, desk = technician(house), house.log_in(Role.ADMINISTRATOR)
    for _try in range(20):
        assert enrol(house, "000000x").status_code == 404
    code = digits_for(desk, phone.staff_id)
    assert enrol(house, code).status_code == 429
    house.clock.advance(minutes=9)
    house.clock.advance(minutes=2)
    assert enrol(house, digits_for(desk, phone.staff_id)).status_code == 200


def test_the_same_persons_phone_comes_back_as_the_same_device_and_no_one_elses(house: House) -> None:
    phone, other, desk = technician(house), technician(house), house.log_in(Role.ADVISOR)
    again = enrol(house, digits_for(desk, phone.staff_id), device_id=phone.device_id)
    assert again.json()["device_id"] == phone.device_id
    taken = enrol(house, digits_for(desk, other.staff_id), device_id=phone.device_id)
    assert taken.json()["device_id"] not in (phone.device_id, other.device_id)


def test_fault_row_29_a_new_phone_after_one_with_unsent_work_is_marked(house: House) -> None:
    phone, desk = technician(house), house.log_in(Role.WORKSHOP_MANAGER)
    phone.push(pending={"mutations": 7, "blobs": 2, "oldest_at": house.clock.now.isoformat()})
    enrol(house, digits_for(desk, phone.staff_id))
    page = desk.get("/workshop/devices").text
    assert "7 条记录、2 张照片没传" in page
    assert "上一台手机有没传的内容" in page


def test_a_lost_phone_is_cut_off_by_its_own_store(house: House) -> None:
    phone, desk = technician(house), house.log_in(Role.SERVICE_DIRECTOR)
    url = f"/workshop/devices/{phone.device_id}/revocation"
    assert house.neighbour(Role.SERVICE_DIRECTOR).post(url).status_code == 404
    assert house.log_in(Role.TECHNICIAN).post(url).status_code == 403
    assert house.stranger().post(url).status_code == 303
    assert phone.request("GET", "/sync/me").status_code == 200
    assert desk.post(url).status_code == 303
    assert phone.request("GET", "/sync/me").status_code == 403
    assert phone.request("GET", "/sync/me").json() == {"error": "revoked"}
    assert phone.send().status_code == 403


def test_only_people_who_work_on_cars_get_a_code(house: House) -> None:
    desk = house.log_in(Role.ADMINISTRATOR)
    cashier, neighbour = house.log_in(Role.CASHIER), technician(house, store_id=OTHER_STORE_ID)
    for staff_id in (cashier.staff_id, neighbour.staff_id, "nonsense"):
        assert desk.post("/workshop/devices/codes", {"staff_id": str(staff_id)}).status_code == 422
    assert house.log_in(Role.CASHIER).get("/workshop/devices").status_code == 403
