"""Messages leave after the commit, are tried again, and their link exists nowhere but in them."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from sqlalchemy import select

from app.messages import WAITS, PostOffice, channels, want
from app.models.approval.capability_link import CapabilityLink
from app.models.approval.estimate import Estimate
from app.models.office.message import Message
from app.security import sha256
from app.settings import Settings
from app.storage import FileStore
from tests import estimates
from tests.builders import NOON, STORE_ID
from tests.house import Clock


@dataclass
class Gateway:
    """A gateway that keeps what it gets; `is_down` makes it refuse."""

    url: str = ""
    is_down: bool = False
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """A real HTTP server on this machine."""
    kept = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            kept.got.append((dict(self.headers), body))
            self.send_response(503 if kept.is_down else 202)
            self.send_header("x-message-id", "m-1")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Stay quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        kept.url = f"http://127.0.0.1:{server.server_address[1]}/sms"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield kept
        server.shutdown()
        thread.join()


@pytest.fixture
def post(database, tmp_path, gateway, clock: Clock) -> PostOffice:
    """A post office over one estimate and one message that is due."""
    settings = Settings(var=tmp_path, webhook_url=gateway.url, webhook_secret="gateway secret", base_url="https://md.example")
    office = PostOffice(settings, database, clock=clock)
    with database.writing() as db:
        sent = estimates.send(db, FileStore(settings))
        estimate = db.get_one(Estimate, sent.estimate_id)
        want(db, Message(
            store_id=STORE_ID, channel="webhook", purpose="estimate_link", to="13812346021", repair_order_id=sent.order_id,
            customer_id=estimate.repair_order.customer_id, wanted_at=NOON, due_at=NOON, tries=0, sent_at=None,
            given_up_at=None, facts={"estimate_id": str(estimate.id), "store": "滨江店", "count": 3, "hash8": "9f3ca71e",
                                     "language": "zh_CN"},
        ))
    return office


def kept(post: PostOffice, model: Any) -> list[Any]:
    with post.database.reading() as db:
        return list(db.scalars(select(model)))


def links(post: PostOffice) -> list[CapabilityLink]:
    return [row for row in kept(post, CapabilityLink) if row.channel == "webhook"]


def test_the_message_says_how_many_and_carries_a_link_whose_secret_is_not_kept(post, gateway):
    assert post.send_due() == 1
    letter = json.loads(gateway.got[0][1])
    assert letter["text"].startswith("滨江店：您的车有 3 项请您看，校验码 9f3ca71e。https://md.example/a/")
    token = letter["text"].rsplit("/", 1)[1]
    assert links(post)[0].token_sha256 == sha256(token)
    message = kept(post, Message)[0]
    assert (message.sent_at, message.provider_id) == (NOON, "m-1")
    assert token not in json.dumps(message.facts)


def test_no_price_and_no_plate_stand_in_it(post, gateway):
    post.send_due()
    for private in ("浙A", "2298", "沈雨桐", "刹车"):
        assert private not in gateway.got[0][1].decode()


def test_the_gateway_can_check_who_sent_it(post, gateway):
    post.send_due()
    headers, body = gateway.got[0]
    signature = hmac.new(b"gateway secret", body, hashlib.sha256).hexdigest()
    assert {key.lower(): value for key, value in headers.items()}["x-mingdan-signature"] == f"sha256={signature}"


def test_what_was_sent_is_not_sent_again(post, gateway):
    post.send_due()
    assert post.send_due() == 0
    assert len(gateway.got) == 1


def test_a_refused_message_is_tried_again_later_and_its_link_is_dead(post, gateway, clock):
    gateway.is_down = True
    assert post.send_due() == 0
    message = kept(post, Message)[0]
    assert (message.tries, message.due_at, message.sent_at) == (1, NOON + WAITS[0], None)
    assert "503" in message.fault
    assert links(post)[0].revoked_at == NOON
    assert post.send_due() == 0
    assert len(gateway.got) == 1
    gateway.is_down = False
    clock.now = NOON + WAITS[0]
    assert post.send_due() == 1
    assert [row.revoked_at is None for row in sorted(links(post), key=lambda row: row.issued_at)] == [False, True]


def test_after_the_last_try_it_is_given_up_and_staff_see_why(post, gateway, clock):
    gateway.is_down = True
    for wait in (timedelta(0), *WAITS):
        clock.now += wait
        post.send_due()
    message = kept(post, Message)[0]
    assert message.given_up_at is not None
    assert message.tries == len(WAITS) + 1
    clock.advance(days=1)
    post.send_due()
    assert len(gateway.got) == len(WAITS) + 1


def test_an_estimate_that_ran_out_meanwhile_is_not_sent(post, gateway, clock):
    clock.advance(hours=6)
    assert post.send_due() == 0
    assert gateway.got == []
    assert kept(post, Message)[0].given_up_at == NOON + timedelta(hours=6)


def test_it_leaves_by_itself_once_the_change_is_on_disk(post, gateway):
    post.open()
    post.close()  # waits for the letter in hand
    assert len(gateway.got) == 1


def test_only_what_is_set_up_is_offered(tmp_path):
    bare = Settings(var=tmp_path)
    assert channels(bare) == []
    assert channels(replace(bare, webhook_url="https://gateway.example", smtp_url="smtp://shop")) == ["webhook", "smtp"]
