"""The board on screen, and how fast it hears."""

import asyncio
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.domain.office.staff import Role
from app.events import Hub
from app.models.changes import tell_after_commit
from app.models.database import Database
from app.models.workshop.add_on import AddOn
from app.routes.approval import board
from tests.builders import ADVISOR, NOON, OTHER_STORE_ID, STORE_ID


def test_the_board_says_who_waits_for_whom(advisor, sent):
    page = advisor.get("/approval?of=all")
    assert page.status_code == 200
    assert "等客户" in page.text
    assert "3 项 2,298.00，还没打开" in page.text


def test_an_advisor_sees_only_their_own_cars_until_they_ask_for_all(advisor, sent):
    assert "等客户" not in advisor.get("/approval").text
    assert "等客户" in advisor.get("/approval?of=all").text


def test_rows_come_alone_for_the_page_that_is_open(advisor, sent):
    rows = advisor.as_htmx().get("/approval/lanes?of=all")
    assert f'id="car-{sent.order_id}"' in rows.text
    assert "<html" not in rows.text


def test_a_question_is_read_on_the_board_in_the_customers_words(house, advisor, sent):
    from app.models.approval.approval import LineQuestion

    with house.database.writing() as db:
        db.add(LineQuestion(store_id=STORE_ID, estimate_id=sent.estimate_id, add_on_id=sent.line_ids[0], asked_at=NOON,
                            text="能撑到过年吗？"))
    assert "能撑到过年吗？" in advisor.get("/approval?of=all").text


@pytest.mark.parametrize("path", ["/approval", "/approval/lanes", "/approval/events"])
def test_strangers_and_other_roles_stay_outside(house, path):
    assert house.stranger().get(path).status_code in (303, 401)
    assert house.log_in(Role.TECHNICIAN).get(path).status_code == 403


def test_another_stores_board_is_empty(house, sent):
    assert f"car-{sent.order_id}" not in house.neighbour(Role.ADVISOR).get("/approval?of=all").text


async def next_change(stream: AsyncIterator[Any]) -> str:
    """The id in the next `changed` event."""
    async for message in stream:
        if message.event == "changed":
            return str(message.data)
    raise AssertionError("The stream ended.")


def heard(house: Any, sent: Any, store_id: Any, *, within: float) -> str:
    """What a page of that store hears when a proposal's words change, or a time-out."""
    hub, database = Hub(), Database(house.settings.url, pool_size=2)
    tell_after_commit(database, hub)

    def write() -> None:
        with database.writing() as db:
            line = db.get_one(AddOn, sent.line_ids[0])
            line.note("add_on.proposed", by=ADVISOR, at=NOON, title=line.title_zh)

    async def listen() -> str:
        hub.attach(asyncio.get_running_loop())
        stream = board.changes(hub, store_id)
        waiting = asyncio.ensure_future(next_change(stream))
        await asyncio.sleep(0)
        with ThreadPoolExecutor(1) as pool:
            await asyncio.get_running_loop().run_in_executor(pool, write)
        return await asyncio.wait_for(waiting, within)

    try:
        return asyncio.run(listen())
    finally:
        database.close()


def test_an_open_page_hears_of_a_new_proposal_within_two_seconds(house, sent):
    began = time.monotonic()
    assert heard(house, sent, STORE_ID, within=2) == str(sent.order_id)
    assert time.monotonic() - began < 2


def test_the_neighbours_page_hears_nothing(house, sent):
    with pytest.raises(TimeoutError):
        heard(house, sent, OTHER_STORE_ID, within=0.3)


def test_the_stream_begins_with_a_beat_and_ends_when_the_server_stops():
    async def run() -> list[str]:
        hub = Hub()
        hub.attach(asyncio.get_running_loop())
        events = []
        async for message in board.changes(hub, STORE_ID):
            events.append(message.event)
            asyncio.get_running_loop().call_soon(hub.close)
        return events

    assert asyncio.run(asyncio.wait_for(run(), 5)) == ["beat"]
