"""The delivery: old parts, odometer and hand-over list are on record before the car leaves."""

import pytest

from app.domain.errors import Invalid, NotAllowed
from app.domain.office.delivery import deliver
from app.domain.reception.repair_order import OrderStatus
from app.models.office.settlement import Delivery
from tests.builders import ADVISOR, NOON, STORE_ID, repair_order


def delivery(**facts):
    return Delivery(**{"store_id": STORE_ID, "mileage_km": 45_230, "old_parts_outcome": "returned", "check_list": [],
                       "signer_name": "沈雨桐", "signature_svg": "<svg/>", "signature_sha256": "0", **facts})


def settled():
    return repair_order(status=OrderStatus.SETTLED)


@pytest.mark.rule("AE-076", "R-CORE-31", "C-11")
def test_the_outcome_of_the_old_parts_is_mandatory():
    with pytest.raises(Invalid, match="old parts"):
        deliver(settled(), delivery(old_parts_outcome=""), by=ADVISOR, at=NOON)


@pytest.mark.rule("B-19")
def test_the_hand_over_list_is_complete():
    with pytest.raises(Invalid, match="hand-over list"):
        deliver(settled(), delivery(check_list=[{"id": "washed", "done": False}]), by=ADVISOR, at=NOON)


def test_the_odometer_does_not_run_backwards_in_the_shop():
    with pytest.raises(Invalid, match="45,210"):
        deliver(settled(), delivery(mileage_km=45_209), by=ADVISOR, at=NOON)


@pytest.mark.rule("R-CORE-3")
def test_a_car_that_is_not_settled_does_not_leave():
    with pytest.raises(NotAllowed, match="ready"):
        deliver(repair_order(status=OrderStatus.READY), delivery(), by=ADVISOR, at=NOON)


@pytest.mark.rule("R-CORE-31")
def test_a_delivered_car_carries_its_mileage_and_next_service():
    order = settled()
    deliver(order, delivery(next_service_km=55_000), by=ADVISOR, at=NOON)
    assert (order.status, order.delivered_at, order.vehicle.mileage_km, order.vehicle.next_service_km) == (
        OrderStatus.DELIVERED, NOON, 45_230, 55_000)
