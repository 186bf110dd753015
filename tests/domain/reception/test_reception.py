"""What is asked and seen at the car."""

import pytest

from app.domain.errors import Invalid, NotAllowed
from app.domain.reception import reception as rules
from app.domain.reception.reception import ReceptionStatus
from app.models.base import new_id
from tests.builders import ADVISOR, NOON, damage_mark, reception


@pytest.mark.rule("R-CORE-2")
def test_a_mileage_below_the_last_one_is_a_question() -> None:
    car = reception(mileage_km=None)
    with pytest.raises(Invalid, match="Was the odometer replaced") as question:
        rules.read_odometer(car, 44_000, last_km=44_870, odometer_replaced=False, by=ADVISOR, at=NOON)
    assert (question.value.field, question.value.confirm) == ("mileage_km", "odometer_replaced")
    assert car.mileage_km is None


@pytest.mark.rule("R-CORE-2")
def test_a_replaced_odometer_may_start_low_and_is_remembered_as_such() -> None:
    car = reception(mileage_km=None)
    rules.read_odometer(car, 120, last_km=44_870, odometer_replaced=True, by=ADVISOR, at=NOON)
    assert (car.mileage_km, car.odometer_replaced) == (120, True)


def test_a_ticked_box_without_need_does_not_mark_the_odometer() -> None:
    car = reception()
    rules.read_odometer(car, 50_000, last_km=44_870, odometer_replaced=True, by=ADVISOR, at=NOON)
    assert car.odometer_replaced is False


def test_a_mark_without_a_photo_keeps_the_walk_open() -> None:
    car = reception()
    mark = damage_mark(car)
    with pytest.raises(NotAllowed, match="Mark 1 has no photo yet"):
        rules.walk_around(car, by=ADVISOR, at=NOON)
    mark.photo_id = new_id()
    rules.walk_around(car, by=ADVISOR, at=NOON)
    assert car.walked_around_at == NOON
    assert car.fresh_lines[-1].event == "reception.walked_around"


def test_marks_keep_their_numbers_when_one_is_taken_off() -> None:
    car = reception()
    first, second = damage_mark(car), damage_mark(car)
    rules.unmark_damage(car, first, by=ADVISOR, at=NOON)
    third = damage_mark(car, number=0)
    rules.mark_damage(car, third, by=ADVISOR, at=NOON)
    assert (second.number, third.number) == (2, 3)


def test_a_mark_beside_the_car_is_refused() -> None:
    with pytest.raises(NotAllowed, match="does not lie on the car"):
        rules.mark_damage(reception(), damage_mark(reception(), x=701), by=ADVISOR, at=NOON)


def test_drafts_keep_what_was_typed_in_any_width() -> None:
    car = reception()
    rules.fill_in(car, {"fuel_eighths": "５", "warning_lamps": ["", "oil", "oil"], "customer_waits": "no",
                        "items_left": "儿童座椅"}, at=NOON)
    assert (car.fuel_eighths, car.warning_lamps, car.customer_waits) == (5, ["oil"], False)
    assert (car.items_left, car.saved_at) == (["儿童座椅"], NOON)


def test_no_field_that_is_not_a_drafts_can_be_filled_in() -> None:
    with pytest.raises(NotAllowed, match="can't be filled in here"):
        rules.fill_in(reception(), {"status": "signed"}, at=NOON)


def test_what_is_signed_is_not_written_on() -> None:
    with pytest.raises(NotAllowed, match="closed"):
        rules.refuse_unless_begun(reception(status=ReceptionStatus.SIGNED))


@pytest.mark.rule("B-08")
def test_somebody_else_who_brought_the_car_needs_name_and_phone() -> None:
    car = reception(sender_relation="driver")
    assert rules.missing_for_signature(car) == ["sender"]
    car.sender_name, car.sender_phone = "王师傅", "13700000000"
    assert rules.missing_for_signature(car) == []
