"""An estimate of three lines sent to a customer, and the phone it went to."""

from typing import Any

import pytest

from tests.estimates import Sent, send
from tests.house import House
from tests.routes.customer_link.phone import Phone


@pytest.fixture
def sent(house: House) -> Sent:
    """Brake pads to replace, tyres to watch, a cabin filter that can wait."""
    with house.database.writing() as db:
        return send(db, house.app.state.files)


@pytest.fixture
def phone(house: House, sent: Sent) -> Phone:
    """The customer's phone with the link in its messages."""
    return Phone(house, sent)


@pytest.fixture
def rows(house: House) -> Any:
    """`rows(Approval)`: all kept rows of a class."""
    from sqlalchemy import select

    def read(model: Any) -> list[Any]:
        with house.database.reading() as db:
            return list(db.scalars(select(model)))

    return read
