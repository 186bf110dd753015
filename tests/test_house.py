"""The test house itself: what everybody builds on has to stand."""

from app.domain.office.staff import Role
from app.models.workshop.catalogue import Operation
from tests import builders
from tests.builders import NOON, save
from tests.engines import both_engines


def test_an_order_with_an_add_on_is_kept_on_both_engines(db):
    order = builders.repair_order()
    add_on = builders.add_on(repair_order=order, proposed_by_id=None)
    save(db, order)
    db.expire_all()
    assert [line.title_zh for line in db.get_one(type(order), order.id).add_ons] == [add_on.title_zh]
    assert order.opened_at == NOON
    assert db.query(Operation).count() >= 120


@both_engines
def test_somebody_logged_in_gets_in_and_a_stranger_is_led_to_the_log_in(house):
    assert house.log_in(Role.ADVISOR).get("/office/me").status_code == 200
    answer = house.stranger().get("/office/me")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/office/me")
