"""More people than threads and connections: nobody waits for somebody who waits for them."""

import threading
from uuid import uuid4

import pytest

from app.domain.office.staff import Role
from tests.engines import both_engines


def at_once(count, ask):
    """The statuses of that many requests sent together."""
    statuses = []
    threads = [threading.Thread(target=lambda: statuses.append(ask().status_code)) for _ in range(count)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    return statuses


@both_engines
@pytest.mark.rule("E15")
def test_fifty_readers_and_writers_at_once_are_all_answered(house):
    director = house.log_in(Role.SERVICE_DIRECTOR)

    def ask(method, url):
        return lambda: house.client.request(method, url, headers=director.headers, follow_redirects=False)

    assert at_once(50, ask("GET", "/orders")) == [200] * 50
    assert at_once(50, ask("POST", f"/reception/customers/{uuid4()}/phone-views")) == [404] * 50


def test_a_refused_change_gives_its_turn_back(house):
    advisor = house.log_in(Role.ADVISOR)
    for _ in range(3):
        assert advisor.post(f"/reception/customers/{uuid4()}/phone-views").status_code == 404
    turns = house.app.state.turns
    assert not turns.writing.locked()
    assert not turns.reading.locked()
