"""The quality check on screen, and who may not touch it."""

from uuid import UUID

import pytest

from app.domain.office.staff import Role
from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop.work import WorkStatus
from app.models.reception.repair_order import RepairOrder
from app.models.workshop.quality_check import QualityCheck
from tests.builders import assignment, order_line, repair_order, save, staff


@pytest.fixture
def order(house):
    """A car that waits for its check, with the technician who worked on it."""
    with house.database.writing() as db:
        thing = repair_order(status=OrderStatus.QUALITY_CHECK, lines=[])
        order_line(repair_order=thing, work_status=WorkStatus.DONE)
        technician = staff(Role.TECHNICIAN, Role.QUALITY_INSPECTOR, name="李建国")
        save(db, technician)
        assignment(thing, technician)
        save(db, thing)
        return thing.id, technician.id


def begun(house, order):
    inspector = house.log_in(Role.QUALITY_INSPECTOR, name="何伟")
    inspector.post(f"/orders/{order[0]}/quality-check")
    with house.database.reading() as db:
        return inspector, db.query(QualityCheck).one()


def test_the_invitation_is_shown_before_a_round_begins(house, order):
    page = house.log_in(Role.QUALITY_INSPECTOR).get(f"/orders/{order[0]}/quality-check")
    assert page.status_code == 200
    assert "开始质检" in page.text


@pytest.mark.rule("R-CORE-29", "F-13")
def test_who_worked_on_the_car_is_turned_away(house, order):
    answer = house.log_in_as(order[1]).post(f"/orders/{order[0]}/quality-check")
    assert answer.status_code == 409
    assert "李建国" in answer.text


@pytest.mark.rule("R-CORE-14")
def test_two_taps_begin_one_round(house, order):
    inspector, _check = begun(house, order)
    inspector.post(f"/orders/{order[0]}/quality-check")
    with house.database.reading() as db:
        assert db.query(QualityCheck).count() == 1


def test_every_answer_is_saved_as_it_is_given(house, order):
    inspector, check = begun(house, order)
    item = check.items[0]
    page = inspector.as_htmx().post(f"/quality-checks/{check.id}/items/{item['id']}",
                                    {"result": "pass", "value": "35", "remark": ""})
    assert page.status_code == 200
    with house.database.reading() as db:
        assert db.get(QualityCheck, check.id).items[0]["result"] == "pass"


@pytest.mark.rule("B-25", "R-CORE-29")
def test_a_car_passes_only_when_every_item_is_answered(house, order):
    inspector, check = begun(house, order)
    assert inspector.post(f"/quality-checks/{check.id}/approval").status_code == 409
    for item in check.items:
        inspector.post(f"/quality-checks/{check.id}/items/{item['id']}", {"result": "pass", "value": "合规定"})
    assert inspector.post(f"/quality-checks/{check.id}/approval").status_code == 303
    with house.database.reading() as db:
        assert db.get(RepairOrder, order[0]).status == OrderStatus.READY


def test_a_failed_check_sends_the_car_back_with_its_reason(house, order):
    inspector, check = begun(house, order)
    assert inspector.post(f"/quality-checks/{check.id}/return", {"reason": " "}).status_code == 409
    assert inspector.post(f"/quality-checks/{check.id}/return", {"reason": "还响"}).status_code == 303
    with house.database.reading() as db:
        assert db.get(RepairOrder, order[0]).status == OrderStatus.IN_PROGRESS


@pytest.mark.rule("R-ALL-1", "R-ALL-5")
def test_strangers_see_nothing_of_it(house, order):
    path = f"/orders/{order[0]}/quality-check"
    assert house.stranger().get(path).status_code == 303
    assert house.neighbour(Role.QUALITY_INSPECTOR).get(path).status_code == 404
    assert house.log_in(Role.ADVISOR).get(path).status_code == 403
    assert house.log_in(Role.QUALITY_INSPECTOR).get(f"/orders/{UUID(int=1)}/quality-check").status_code == 404
