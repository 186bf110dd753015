"""The way to the estimate: address, button, four digits. What robots, strangers and guessers get is nothing."""

import logging
import re
import secrets
from datetime import timedelta
from unittest.mock import Mock
from uuid import UUID

import pytest
from litestar import get
from litestar.params import FromPath
from sqlalchemy import inspect as inspect_db
from sqlalchemy import text

from app import cli
from app.domain.approval import capability_link as links
from app.models.approval import link_queries
from app.models.approval.capability_link import CapabilityLink, SignSession
from app.models.history_line import HistoryLine
from app.security import new_token, sha256
from tests.builders import ADVISOR
from tests.routes.customer_link.phone import Phone

PERSONAL = ("沈雨桐", "7K35M", "浙A", "LSVAA", "896", "13812346021", "6021", "周敏")


def state_of(house, *, besides=("capability_link",)):
    """Every row of every table."""
    with house.database.engine.connect() as connection:
        return {table: connection.execute(text(f"SELECT * FROM {table}")).all()
                for table in inspect_db(house.database.engine).get_table_names() if table not in besides}


def revoke(house, sent):
    with house.database.writing() as db:
        links.revoke(db.get_one(CapabilityLink, sent.link_id), reason="号码错了", by=ADVISOR, at=house.clock())


@pytest.mark.rule("S-01")
def test_a_secret_has_128_bits_and_never_comes_twice():
    tokens = {new_token(16) for _ in range(100_000)}
    assert len(tokens) == 100_000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", token) for token in list(tokens)[:1_000])
    assert "secrets.token_urlsafe" in (links_source := __import__("inspect").getsource(new_token))
    assert links_source
    assert secrets.token_bytes


@pytest.mark.rule("S-02")
def test_the_secret_is_kept_nowhere(house, phone):
    phone.get(f"/a/{phone.sent.token}")
    phone.enter()
    assert phone.sent.token not in str(state_of(house, besides=()))


@pytest.mark.rule("S-07")
def test_the_link_opens_as_often_as_the_customer_likes(house, phone, sent):
    phone.enter()
    again = Phone(house, sent).enter()
    assert again.get().status_code == 200
    assert phone.get().status_code == 200


@pytest.mark.rule("S-08", "E05")
def test_reading_changes_nothing_that_counts(house, phone, sent):
    phone.get(f"/a/{sent.token}")
    phone.enter()
    phone.choose("yes", "no", "later", aware1="on")
    before = state_of(house)
    keys = re.findall(r"/a/s/photo/[0-9a-f]{32}", phone.get().text)
    for path in (f"/a/{sent.token}", "/a/nobody", "/a/s", "/a/s/review", "/a/s/sign", "/a/s/privacy", "/a/s/papers",
                 "/a/s/cancellation", f"/a/s/document/{sent.link_id}", *keys):
        for method in ("GET", "HEAD", "OPTIONS"):
            for agent in ("WhatsApp/2", "facebookexternalhit/1.1", "Mozilla/5.0"):
                phone.ask(method, path, headers={"user-agent": agent})
    after = state_of(house)
    assert {table for table in before if before[table] != after[table]} <= {"link_miss"}


@pytest.mark.rule("S-08")
def test_the_first_fetch_is_noted_once_and_proves_nothing(house, phone, rows):
    phone.get(f"/a/{phone.sent.token}")
    first = rows(CapabilityLink)[0].fetched_at
    house.clock.advance(minutes=5)
    phone.get(f"/a/{phone.sent.token}")
    assert first is not None
    assert rows(CapabilityLink)[0].fetched_at == first


@pytest.mark.rule("S-09")
def test_the_landing_page_says_nothing_personal(phone):
    page = phone.get(f"/a/{phone.sent.token}").text
    assert "您的车辆有维修增项待确认" in page
    assert "og:title" in page
    assert not [word for word in PERSONAL if word in page]


@pytest.mark.rule("S-10")
def test_every_browser_gets_the_same_landing_page(phone):
    agents = ("WhatsApp/2", "Mozilla/5.0 (iPhone) MicroMessenger/8", "curl/8", "")
    assert len({phone.get(f"/a/{phone.sent.token}", headers={"user-agent": agent}).text for agent in agents}) == 1


@pytest.mark.rule("S-11", "E05")
def test_a_robot_that_presses_the_button_sees_and_decides_nothing(phone, sent, rows):
    phone.open()
    page = phone.get()
    assert page.status_code == 200
    assert not [word for word in PERSONAL if word in page.text]
    for path in ("/a/s/review", "/a/s/sign", "/a/s/cancellation"):
        assert phone.get(path).status_code == 403
    assert phone.post("/a/s/decide", {"version_id": str(sent.version_id)}).status_code == 403
    assert phone.get(f"/a/s/document/{sent.link_id}").status_code in (403, 404)
    assert rows(SignSession)[0].last4_ok_at is None
    assert phone.last4().status_code == 303


@pytest.mark.rule("S-12")
def test_the_fifth_wrong_ending_locks_the_link_for_everybody(house, phone, sent, rows):
    phone.open()
    pages = [phone.last4(f"111{n}") for n in range(4)]
    assert [page.status_code for page in pages] == [422] * 4
    assert [f"再试 {left} 次" in page.text for left, page in zip((4, 3, 2, 1), pages, strict=True)] == [True] * 4
    assert phone.last4("9999").status_code == 423
    assert phone.last4().status_code == 423, "the right ending comes too late"
    other = Phone(house, sent)
    other.open()
    assert other.get().status_code == 423
    assert other.last4().status_code == 423
    assert "capability_link.locked" in {line.event for line in rows(HistoryLine)}


@pytest.mark.rule("S-12")
def test_wrong_endings_are_answered_alike(phone):
    phone.open()
    one, two = (re.sub(r'再试 \d 次|value="\d?"', "", phone.last4(digits).text) for digits in ("6022", "7311"))
    assert one == two


@pytest.mark.rule("S-12", "S-29")
def test_twenty_wrong_endings_from_one_address_rest_for_an_hour(house, phone):
    from tests.estimates import send

    for _ in range(4):
        with house.database.writing() as db:
            one = Phone(house, send(db, house.app.state.files))
        one.open()
        for n in range(5):
            one.last4(f"222{n}")
    phone.open()
    assert phone.last4().status_code == 429
    house.clock.advance(minutes=61)
    phone.open()
    assert phone.last4().status_code == 303


@pytest.mark.rule("S-15")
def test_a_post_without_the_sessions_own_token_changes_nothing(phone, sent, rows):
    phone.enter()
    for csrf in ("", "0" * 64):
        assert phone.ask("POST", "/a/s/review", data={"_csrf": csrf, "line1": "yes"}).status_code == 403
    assert rows(SignSession)[0].draft == {}


@pytest.mark.rule("S-15")
def test_a_post_from_another_site_is_refused(phone):
    phone.enter()
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert phone.post("/a/s/review", {"line1": "yes"}, headers=headers).status_code == 403
        assert phone.ask("POST", f"/a/{phone.sent.token}/open", headers=headers).status_code == 403
    assert phone.post("/a/s/review", {}, headers={"origin": "null", "sec-fetch-site": "same-origin"}).status_code != 403


@pytest.mark.rule("S-19", "S-20")
def test_every_answer_carries_the_strict_headers_and_names_no_other_site(phone, sent):
    phone.enter()
    for path in (f"/a/{sent.token}", "/a/nobody", "/a/s", "/a/s/review", "/a/s/sign", "/a/s/photo/0"):
        answer = phone.get(path)
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert "noindex" in answer.headers["x-robots-tag"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', answer.text)
        assert " style=" not in answer.text
        assert "<script>" not in answer.text


@pytest.mark.rule("S-19")
def test_the_secret_leaves_the_address_bar_and_the_cookie_is_only_ours(phone, sent):
    answer = phone.open()
    assert answer.headers["location"] == "/a/s"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/a;" in cookie + ";"


@pytest.mark.rule("S-21")
def test_no_log_ever_holds_the_secret(phone, caplog):
    with caplog.at_level(logging.DEBUG):
        phone.get(f"/a/{phone.sent.token}")
        phone.enter()
        phone.get("/a/canary-canary-canary-22")
    assert not told_of(caplog, phone.sent.token)
    assert not told_of(caplog, "canary")


@pytest.mark.rule("S-21")
def test_a_fault_on_any_address_of_a_link_is_logged_without_it(house, phone, caplog, monkeypatch):
    def broken(*_args, **_facts):
        raise RuntimeError("a fault of ours")

    @get("/a/{token:str}/outside", opt={"public": True}, sync_to_thread=False)
    def outside(token: FromPath[str]) -> None:
        """A page that the customer's router does not know."""
        broken(token)

    house.app.register(outside)
    phone.cookie = "mingdan_sign=canary"
    monkeypatch.setattr(link_queries, "landing", broken)
    monkeypatch.setattr(link_queries, "visit", broken)
    statuses = {}
    with caplog.at_level(logging.DEBUG):
        for route in house.app.routes:
            if route.path.startswith("/a/"):
                url = re.sub(r"\{(\w+):(\w+)\}", lambda one: UUID(int=9).hex if one[2] == "uuid" else "canary", route.path)
                for method in route.methods - {"OPTIONS"}:
                    statuses[method, route.path] = phone.ask(method, url).status_code
        phone.get("/a/canary/nowhere/at/all")
    assert len(statuses) > 15
    assert {status for (_, path), status in statuses.items() if path != "/a/{token:str}/outside"} == {500}
    assert statuses["GET", "/a/{token:str}/outside"] == 500
    assert told_of(caplog, "GET /a/{token}/outside failed")
    assert not told_of(caplog, "canary")
    assert all(one.hide_parameters for one in (house.database.engine, house.database.writer, house.database.door))


@pytest.mark.rule("S-21")
def test_the_server_keeps_no_log_of_addresses(monkeypatch, settings):
    started = {}
    monkeypatch.setenv("MINGDAN_SECRET", "kept for the others")
    monkeypatch.setattr(cli, "is_taken", lambda _settings: False)
    monkeypatch.setattr("granian.Granian", lambda *_args, **options: started.update(options) or Mock())
    cli.serve(settings)
    assert started["log_access"] is False


def told_of(caplog, word):
    """What our own logs say with this word, traces included; the test's client logs its addresses itself."""
    form = logging.Formatter()
    ours = [form.format(record) for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    return [line for line in ours if word in line]


@pytest.mark.rule("S-25", "S-06", "E07")
def test_unknown_withdrawn_and_expired_addresses_are_answered_alike(house, phone, sent):
    unknown = phone.get("/a/" + new_token(16))
    revoke(house, sent)
    withdrawn = phone.get(f"/a/{sent.token}")
    with house.database.writing() as db:
        link = db.get_one(CapabilityLink, sent.link_id)
        link.revoked_at, link.expires_at = None, house.clock() - timedelta(seconds=1)
    expired = phone.get(f"/a/{sent.token}")
    assert unknown.status_code == withdrawn.status_code == expired.status_code == 404
    assert unknown.text == withdrawn.text == expired.text
    assert phone.open().status_code == 404


@pytest.mark.rule("S-25")
def test_thirty_misses_in_ten_minutes_are_enough(house, phone):
    answers = [phone.get(f"/a/{n:022}").status_code for n in range(31)]
    assert answers == [404] * 30 + [429]
    assert phone.get(f"/a/{phone.sent.token}").status_code == 200, "the customer next door is not shut out"
    house.clock.advance(minutes=11)
    assert phone.get("/a/" + "x" * 22).status_code == 404


@pytest.mark.rule("S-05")
@pytest.mark.parametrize(("minutes", "seconds", "status"), [(29, 59, 200), (30, 0, 401)])
def test_a_session_ends_after_half_an_hour_untouched(house, phone, minutes, seconds, status):
    phone.enter()
    house.clock.advance(minutes=minutes, seconds=seconds)
    assert phone.get().status_code == status


@pytest.mark.rule("S-05")
def test_a_session_ends_after_two_hours_and_the_choices_outlive_it(house, phone, sent):
    phone.enter()
    phone.choose("yes", "later")
    for _ in range(4):
        house.clock.advance(minutes=29)
        assert phone.choose("yes", "later").status_code == 303
    house.clock.advance(minutes=4)
    assert phone.get().status_code == 401
    page = Phone(house, sent).enter().get().text
    assert len(re.findall(r"checked>", page)) == 2


@pytest.mark.rule("S-06", "E07")
def test_a_withdrawn_link_ends_its_sessions_and_hides_its_photos(house, phone, sent):
    phone.enter()
    key = re.search(r"/a/s/photo/[0-9a-f]{32}", phone.get().text)[0]
    assert phone.get(key).headers["content-type"] == "image/jpeg"
    revoke(house, sent)
    assert phone.get().status_code == 401
    assert phone.get(key).status_code == 404
    assert phone.post("/a/s/decide", {}).status_code == 401


@pytest.mark.rule("S-30")
def test_a_photos_address_is_of_no_use_in_another_session(house, phone, sent):
    phone.enter()
    key = re.search(r"/a/s/photo/[0-9a-f]{32}", phone.get().text)[0]
    assert Phone(house, sent).enter().get(key).status_code == 404
    assert phone.ask("GET", key, headers={"cookie": ""}).status_code == 404 or phone.get(key).status_code == 200


@pytest.mark.rule("S-03")
def test_a_code_on_the_shops_screen_is_good_for_ten_minutes(house):
    from tests.estimates import send

    with house.database.writing() as db:
        sent = send(db, house.app.state.files, channel="qr")
    phone = Phone(house, sent).enter()
    house.clock.advance(minutes=10)
    assert phone.get().status_code == 200, "who opened it in time goes on reading"
    assert Phone(house, sent).open().status_code == 404


@pytest.mark.rule("S-04")
def test_a_link_made_for_something_else_opens_no_estimate(house, phone, sent):
    with house.database.writing() as db:
        db.get_one(CapabilityLink, sent.link_id).purpose = "download"
    assert phone.get(f"/a/{sent.token}").status_code == 404
    assert phone.open().status_code == 404


def test_the_privacy_notice_can_be_read_before_the_digits_are_given(phone):
    phone.open()
    assert "个人信息" in phone.get("/a/s/privacy").text


def test_a_browser_that_asks_for_english_gets_an_english_landing_page(phone):
    page = phone.get(f"/a/{phone.sent.token}", headers={"accept-language": "en-GB,en"}).text
    assert "Work on your car waits for your decision" in page
    assert 'lang="en"' in page


def test_the_token_is_kept_as_its_hash(rows, sent):
    assert rows(CapabilityLink)[0].token_sha256 == sha256(sent.token)
