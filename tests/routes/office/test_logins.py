"""Logging in and out, the lock-out, stores, and cutting a browser off."""

import pytest

from app.domain.office.staff import Role
from app.models.history_line import HistoryLine
from app.models.office.staff import Staff, StaffRole
from app.routes.dependencies import COOKIE
from app.routes.office.login import local_path
from app.security import hashed_password
from tests.builders import OTHER_STORE_ID, STORE_ID, save, staff

PASSWORD = "a short sentence"
KEPT = hashed_password(PASSWORD)


@pytest.fixture
def zhou(house):
    person = staff(Role.ADVISOR, username="zhoumin", phone="13957100101", password_hash=KEPT)
    with house.database.writing() as db:
        save(db, person)
    return person


def try_to_log_in(house, password=PASSWORD, username="zhoumin", **form):
    return house.stranger().post("/login", {"username": username, "password": password, **form})


def cookie_of(answer):
    return answer.headers["set-cookie"].split(";")[0].removeprefix(f"{COOKIE}=")


def test_the_right_password_opens_the_door_and_leads_where_one_wanted_to_go(house, zhou):
    answer = try_to_log_in(house, next="/orders?cursor=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/orders?cursor=1")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "samesite=lax" in answer.headers["set-cookie"].lower()
    page = house.stranger().get("/office/me", headers={"cookie": f"{COOKIE}={cookie_of(answer)}"})
    assert "周敏" in page.text


def test_the_mobile_number_is_as_good_as_the_log_in_name(house, zhou):
    assert try_to_log_in(house, username="13957100101").status_code == 303


@pytest.mark.parametrize("username", ["zhoumin", "nobody"])
def test_a_wrong_guess_is_answered_alike_for_the_known_and_the_unknown(house, zhou, username):
    answer = try_to_log_in(house, "wrong", username)
    assert answer.status_code == 422
    assert "用户名或密码不对" in answer.text


def test_the_fifth_wrong_password_shuts_the_door_for_a_quarter_of_an_hour(house, zhou, clock):
    for _ in range(5):
        try_to_log_in(house, "wrong")
    assert "15 分钟后" in try_to_log_in(house).text
    clock.advance(minutes=14)
    assert try_to_log_in(house).status_code == 422
    clock.advance(minutes=1)
    assert try_to_log_in(house).status_code == 303


def test_somebody_who_left_gets_in_no_more(house, zhou, clock):
    with house.database.writing() as db:
        db.get_one(Staff, zhou.id).left_at = clock.now
    assert try_to_log_in(house).status_code == 422


@pytest.mark.parametrize("path", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere", "/a\nb", ""])
def test_nobody_is_led_elsewhere_after_logging_in(path):
    assert local_path(path) == "/"


def test_a_shared_tablet_forgets_after_a_quarter_of_an_hour_of_nothing(house, zhou, clock):
    shared = {"cookie": f"{COOKIE}={cookie_of(try_to_log_in(house, shared='on'))}"}
    own = {"cookie": f"{COOKIE}={cookie_of(try_to_log_in(house))}"}
    for _ in range(3):
        clock.advance(minutes=14)
        assert house.stranger().get("/office/me", headers=shared).status_code == 200
    clock.advance(minutes=16)
    assert house.stranger().get("/office/me", headers=shared).status_code == 303
    assert house.stranger().get("/office/me", headers=own).status_code == 200


def test_a_person_of_two_stores_is_asked_which_and_sees_only_that_one(house, zhou):
    with house.database.writing() as db:
        db.add(StaffRole(staff_id=zhou.id, store_id=OTHER_STORE_ID, role=Role.CASHIER))
    assert try_to_log_in(house, next="/orders").headers["location"] == "/office/me/store?next=%2Forders"
    browser = house.log_in_as(zhou.id)
    assert "萧山店" in browser.get("/office/me/store").text
    assert browser.post("/office/me/store", {"store": str(OTHER_STORE_ID)}).status_code == 303
    assert browser.get("/reception").status_code == 403, "an advisor here, a cashier there"
    assert browser.get("/office").status_code == 200


def test_a_store_where_one_holds_no_role_stays_shut(house, zhou):
    browser = house.log_in_as(zhou.id)
    assert browser.post("/office/me/store", {"store": str(OTHER_STORE_ID)}).status_code == 422
    assert browser.get("/reception").status_code == 200


def test_logging_out_ends_this_browser_only(house, zhou):
    tablet, desk = house.log_in_as(zhou.id), house.log_in_as(zhou.id)
    assert tablet.post("/office/me/logout").headers["location"] == "/login"
    assert tablet.get("/office/me").status_code == 303
    assert desk.get("/office/me").status_code == 200


def test_one_cuts_off_another_browser_of_ones_own_and_nobody_elses(house, zhou):
    tablet, desk = house.log_in_as(zhou.id), house.log_in_as(zhou.id)
    colleague = house.log_in(Role.ADVISOR)
    assert desk.delete(f"/office/me/sessions/{colleague.session_id}").status_code == 404
    assert desk.delete(f"/office/me/sessions/{tablet.session_id}").status_code == 200
    assert tablet.get("/office/me").status_code == 303
    assert colleague.get("/office/me").status_code == 200


def test_the_language_is_the_persons_own(house, zhou):
    browser = house.log_in_as(zhou.id)
    browser.post("/office/me/language", {"language": "en"})
    assert "My account" in browser.get("/office/me").text
    browser.post("/office/me/language", {"language": "zh_TW"})
    assert "這臺裝置" in browser.get("/office/me").text
    assert browser.post("/office/me/language", {"language": "fr"}).status_code == 422


def test_a_new_password_needs_the_present_one_and_ten_characters(house, zhou):
    browser = house.log_in_as(zhou.id)
    form = {"password": PASSWORD, "new_password": "longer than ten"}
    assert browser.post("/office/me/password", {**form, "password": "wrong"}).status_code == 422
    assert browser.post("/office/me/password", {**form, "new_password": "short"}).status_code == 422
    assert browser.post("/office/me/password", form).status_code == 303
    assert try_to_log_in(house).status_code == 422
    assert try_to_log_in(house, "longer than ten").status_code == 303


def test_every_log_in_leaves_its_line_of_history(house, zhou):
    try_to_log_in(house)
    with house.database.reading() as db:
        lines = db.query(HistoryLine).filter_by(store_id=STORE_ID, by_id=zhou.id).all()
    assert [line.event for line in lines] == ["login_session.opened"]
