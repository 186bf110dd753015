"""An estimate of three lines at 滨江店, and who works on it."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.domain.office.staff import Role
from app.domain.workshop.add_on import AddOnStatus
from app.models.workshop.add_on import AddOn
from tests import estimates
from tests.builders import TECHNICIAN
from tests.estimates import Sent
from tests.house import Browser, House


@pytest.fixture
def sent(house: House) -> Sent:
    """Three lines reviewed, frozen and sent."""
    with house.database.writing() as db:
        return estimates.send(db, house.app.state.files)


@pytest.fixture
def proposal(house: House, sent: Sent) -> Any:
    """The first line as the technician just proposed it, its related work answered."""
    with house.database.writing() as db:
        line = db.get_one(AddOn, sent.line_ids[0])
        line.status, line.reviewed_by_id = AddOnStatus.PROPOSED, None
        line.related_answers = answered(db, line)
        return line.id


def answered(db: Session, line: AddOn) -> list[dict[str, str]]:
    """Every related operation checked and found fine."""
    from app.models.approval import review_queries

    return [{"operation_id": row.operation.id, "answer": "checked_ok", "by": "刘志强"}
            for row in review_queries.related(db, line)]


@pytest.fixture
def advisor(house: House) -> Browser:
    """An advisor at the desk."""
    return house.log_in(Role.ADVISOR, name="苏婷")


@pytest.fixture
def proposer(house: House, sent: Sent) -> Browser:
    """The technician who proposed it, who may review other people's proposals."""
    return with_roles(house, TECHNICIAN.id, Role.QUALITY_INSPECTOR)


def with_roles(house: House, staff_id: Any, *roles: Role) -> Browser:
    """A known member of staff, given these roles, logged in."""
    from app.models.office.staff import StaffRole
    from tests.builders import STORE_ID

    with house.database.writing() as db:
        db.add_all([StaffRole(staff_id=staff_id, store_id=STORE_ID, role=role) for role in roles])
    return house.log_in_as(staff_id)


@pytest.fixture
def line(house: House) -> Any:
    """`line(id)`: an add-on as it is kept now."""
    def read(line_id: Any) -> AddOn:
        with house.database.reading() as db:
            return db.get_one(AddOn, line_id)
    return read


