"""Numbers of papers run without a gap within a store's day."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from app.models.database import Database
from app.models.office.numbers import next_number
from app.models.office.store import Store
from tests.builders import NOON, OTHER_STORE_ID, STORE_ID
from tests.engines import both_engines


@pytest.mark.parametrize(("kind", "number"), [
    ("order", "BJ-260303-001"), ("intake_contract", "WT20260303-001"), ("estimate", "BJD20260303-001"),
    ("approval", "ZX20260303-001"), ("settlement", "JS20260303-001"),
])
def test_each_kind_has_its_own_series(db: Session, kind: str, number: str) -> None:
    assert next_number(db, db.get_one(Store, STORE_ID), kind, NOON) == number


def test_the_series_counts_on_and_begins_anew_with_the_store_s_day(db: Session) -> None:
    store = db.get_one(Store, STORE_ID)
    late, after_midnight = datetime(2026, 3, 3, 15, 59, tzinfo=UTC), datetime(2026, 3, 3, 16, 0, tzinfo=UTC)
    assert [next_number(db, store, "approval", late) for _ in range(2)] == ["ZX20260303-001", "ZX20260303-002"]
    assert next_number(db, store, "approval", after_midnight) == "ZX20260304-001"


def test_every_store_counts_for_itself(db: Session) -> None:
    next_number(db, db.get_one(Store, STORE_ID), "order", NOON)
    assert next_number(db, db.get_one(Store, OTHER_STORE_ID), "order", NOON) == "XS-260303-001"


@both_engines
def test_no_two_desks_get_the_same_number(database: Database) -> None:
    got: list[str] = []

    def ask() -> None:
        for _ in range(5):
            with database.writing() as db:
                got.append(next_number(db, db.get_one(Store, STORE_ID), "settlement", NOON))

    desks = [threading.Thread(target=ask) for _ in range(4)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert sorted(got) == [f"JS20260303-{n:03}" for n in range(1, 21)]
