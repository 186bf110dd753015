"""The board: one car, one wait, a constant number of questions."""

from datetime import timedelta

import pytest

from app.domain.approval.waiting import Party, whose_turn
from app.domain.workshop.add_on import AddOnStatus
from app.models.approval import board_queries
from app.models.workshop.add_on import AddOn
from app.settings import Settings
from app.storage import FileStore
from tests import estimates
from tests.builders import NOON, OTHER_STORE_ID, STORE_ID
from tests.house import Statements


@pytest.fixture
def files(tmp_path):
    return FileStore(Settings(var=tmp_path))


def waits(db, order_id, at=NOON):
    car = next(car for car in board_queries.cars(db, STORE_ID, at=at) if car.order_id == order_id)
    return whose_turn(car, at=at)


def test_an_estimate_that_is_out_waits_for_the_customer_with_its_sum(db, files):
    sent = estimates.send(db, files)
    wait = waits(db, sent.order_id)
    assert (wait.party, wait.facts["count"], wait.facts["yuan"]) == (Party.CUSTOMER, 3, "2,298.00")


def test_a_new_proposal_waits_for_the_desk_with_its_pictures(db, files):
    sent = estimates.send(db, files)
    line = db.get_one(AddOn, sent.line_ids[0])
    line.status = AddOnStatus.PROPOSED
    db.flush()
    wait = waits(db, sent.order_id)
    assert (wait.party, wait.action) == (Party.DESK, "review")
    car = next(car for car in board_queries.cars(db, STORE_ID, at=NOON) if car.order_id == sent.order_id)
    assert len(car.photo_ids) == 1


def test_an_estimate_that_ran_out_comes_back_to_the_desk(db, files):
    sent = estimates.send(db, files)
    assert waits(db, sent.order_id, at=NOON + timedelta(hours=5)).action == "estimate"


def test_another_stores_cars_are_not_on_the_board(db, files):
    estimates.send(db, files)
    assert board_queries.cars(db, OTHER_STORE_ID, at=NOON) == []


def test_twenty_cars_take_as_many_questions_as_one(database, tmp_path):
    files = FileStore(Settings(var=tmp_path))

    def questions():
        with database.reading() as db, Statements(database) as counted:
            board_queries.cars(db, STORE_ID, at=NOON)
        return len(counted)

    with database.writing() as db:
        estimates.send(db, files)
    one = questions()
    with database.writing() as db:
        for _car in range(5):
            estimates.send(db, files)
    assert questions() == one <= 12
