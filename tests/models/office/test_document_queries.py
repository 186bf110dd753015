"""Whose paper is made next."""

from datetime import timedelta

from app import papers
from app.models.database import Database
from app.models.office import document_queries
from tests import builders as new
from tests.builders import NOON
from tests.engines import both_engines


@both_engines
def test_the_paper_somebody_waits_for_now_is_made_before_a_heap_of_old_ones(database: Database) -> None:
    with database.writing() as db:
        order = new.save(db, new.repair_order())
        wanted = [
            papers.want(db, kind=kind, subject_id=order.id, repair_order_id=order.id, number=kind, store_id=order.store_id,
                        content_sha256="0" * 64, at=NOON - timedelta(days=days))
            for kind, days in (("settlement", 2), ("quotation", 1), ("add_on_approval", 0))
        ]
        db.flush()
        until = NOON + timedelta(minutes=5)
        taken = [document_queries.claim(db, at=NOON, until=until) for _ in range(4)]
        assert taken == [*(one.id for one in reversed(wanted)), None]
