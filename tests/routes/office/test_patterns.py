"""The patterns page shows in development, and nowhere else."""

import dataclasses

import pytest

from app.domain.office.staff import Role
from app.domain.reception.repair_order import OrderStatus
from tests import builders
from tests.builders import save


@pytest.fixture
def settings(settings, request):
    return dataclasses.replace(settings, is_development=getattr(request, "param", True))


def test_every_status_of_an_order_is_drawn(house):
    browser = house.log_in(Role.ADVISOR)
    with house.database.writing() as db:
        save(db, *(builders.repair_order(status=status, signed_at=None) for status in OrderStatus))
    page = browser.get("/-/patterns")
    assert page.status_code == 200
    assert page.text.count('class="order"') == len(OrderStatus)


@pytest.mark.parametrize("settings", [False], indirect=True)
def test_a_real_shop_has_no_such_page(house):
    assert house.log_in(Role.ADVISOR).get("/-/patterns").status_code == 404
