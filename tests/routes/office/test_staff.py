"""The administrator takes people on, gives roles and passwords, and cuts off what was lost; within the store."""

import re

import pytest

from app.domain.office.staff import Role
from app.models.office.staff import Staff
from tests.builders import OTHER_STORE_ID, save, staff
from tests.house import Statements

NEW = {"name": "韩雪", "username": "HanXue", "phone": "13957100120", "role": "advisor"}


@pytest.fixture
def administrator(house):
    return house.log_in(Role.ADMINISTRATOR, name="许静")


def kept(house, **facts):
    person = staff(Role.ADVISOR, **facts)
    with house.database.writing() as db:
        save(db, person)
    return person


def test_somebody_taken_on_can_log_in_with_the_password_shown_once(house, administrator):
    answer = administrator.post("/office/staff", NEW)
    password = re.search(r"<code[^>]*>(\w{12})</code>", answer.text)[1]
    assert house.stranger().post("/login", {"username": "hanxue", "password": password}).status_code == 303
    assert password not in administrator.get("/office/staff").text


@pytest.mark.parametrize("wrong", [{"username": "x"}, {"username": "韩雪"}, {"name": ""}, {"phone": "123"}, {"role": "king"}])
def test_a_wrong_entry_is_named_and_nobody_is_taken_on(house, administrator, wrong):
    assert administrator.post("/office/staff", {**NEW, **wrong}).status_code == 422
    with house.database.reading() as db:
        assert not db.query(Staff).filter_by(username="hanxue").count()


def test_two_people_do_not_share_a_log_in_name(administrator):
    administrator.post("/office/staff", NEW)
    assert administrator.post("/office/staff", NEW).status_code == 422


def test_roles_are_given_and_hold_at_once(house, administrator):
    person = kept(house)
    browser = house.log_in_as(person.id)
    administrator.post(f"/office/staff/{person.id}/roles", {"roles": ["cashier", "parts_clerk"]})
    assert browser.get("/reception").status_code == 403
    assert browser.get("/office").status_code == 200


def test_nobody_is_left_without_a_role_and_no_administrator_locks_themselves_out(house, administrator):
    person = kept(house)
    assert administrator.post(f"/office/staff/{person.id}/roles").status_code == 409
    assert administrator.post(f"/office/staff/{administrator.staff_id}/roles", {"roles": "advisor"}).status_code == 409
    assert administrator.post(f"/office/staff/{administrator.staff_id}/departure").status_code == 409


def test_a_new_password_cuts_every_open_log_in(house, administrator):
    person = kept(house)
    lost = house.log_in_as(person.id)
    administrator.post(f"/office/staff/{person.id}/password")
    assert lost.get("/office/me").status_code == 303


def test_somebody_who_left_is_cut_off_everywhere(house, administrator):
    person = kept(house)
    browser = house.log_in_as(person.id)
    assert administrator.post(f"/office/staff/{person.id}/departure").status_code == 303
    assert browser.get("/office/me").status_code == 303
    assert administrator.post(f"/office/staff/{person.id}/departure").status_code == 409


def test_a_lost_tablet_is_cut_off_from_the_list(house, administrator):
    lost = house.log_in(Role.ADVISOR, name="苏婷")
    assert "苏婷" in administrator.get("/office/log-ins").text
    assert administrator.delete(f"/office/log-ins/{lost.session_id}").status_code == 200
    assert lost.get("/office/me").status_code == 303


def test_another_stores_people_are_not_found(house, administrator):
    stranger = house.neighbour(Role.ADVISOR)
    person = kept(house, store_id=OTHER_STORE_ID)
    assert administrator.get(f"/office/staff/{person.id}").status_code == 404
    assert administrator.delete(f"/office/log-ins/{stranger.session_id}").status_code == 404
    assert stranger.get("/office/me").status_code == 200


def test_an_advisor_is_no_administrator(house):
    assert house.log_in(Role.ADVISOR).get("/office/staff").status_code == 403


def test_the_list_asks_the_database_as_often_for_thirty_people_as_for_three(house, administrator):
    def asked():
        with Statements(house.database) as counted:
            administrator.get("/office/staff")
        return len(counted)

    few = asked()
    for _ in range(30):
        kept(house)
    assert asked() == few
