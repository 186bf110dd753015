"""The customer at work: opens the link on the phone, looks, chooses, signs by hand, keeps the paper."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from app.models.approval.approval import Approval, ApprovalPerson
from app.models.database import Database
from app.settings import read_settings
from app.storage import FileStore
from tests.estimates import Sent, send
from tests.house import furnish
from tests.journeys.browsers import axe_violations
from tests.journeys.hands import write_name
from tests.journeys.running import Server, environment


@pytest.fixture
def shop(server: Server) -> Database:
    """The server's own data, to send an estimate and to look at what was kept."""
    settings = read_settings(environment(server.var, server.port))
    database = Database(settings.url, pool_size=2)
    yield database
    database.close()


@pytest.fixture
def sent(server: Server, shop: Database) -> Sent:
    """Three lines sent a moment ago."""
    settings = read_settings(environment(server.var, server.port))
    with shop.writing() as db:
        furnish(db)
        ensure_tests_store(db)
        return send(db, FileStore(settings), at=datetime.now(UTC).replace(microsecond=0))


def ensure_tests_store(db) -> None:
    """The tests' own store beside the demo's, with its catalogue."""
    from app import content_store
    from app.models.office.store import Store
    from tests.builders import NOON, STORE_ID, other_store, store

    if db.get(Store, STORE_ID) is None:
        db.add_all([store(code="BT"), other_store(code="XT")])
        db.flush()
        content_store.load(db, db.get_one(Store, STORE_ID), NOON)


def enter(page: Page, sent: Sent) -> None:
    """From the message to the cards."""
    page.goto(f"/a/{sent.token}")
    assert axe_violations(page) == []
    page.get_by_role("button", name="开始查看").click()
    for n, digit in enumerate("6021", 1):
        page.fill(f"[name=d{n}]", digit)
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("#line1")).to_be_visible()
    assert sent.token not in page.url


def choose(page: Page, n: int, words: str) -> None:
    """Tap one of the four answers of a line."""
    page.locator(f"#line{n} .choices").first.get_by_label(words, exact=True).check()


def to_the_sheet(page: Page) -> None:
    """Answer all lines, check, and open the sheet."""
    choose(page, 1, "同意")
    choose(page, 2, "以后再说")
    choose(page, 3, "同意")
    expect(page.locator("decision-sum ins")).to_have_text("¥1,160.00")
    page.get_by_role("button", name="去核对").click()
    expect(page.locator("h1")).to_have_text("请核对，然后签字")
    assert axe_violations(page) == []
    page.get_by_role("link", name="确认无误，去签字").click()
    expect(page.locator("sign-sheet[data-ready] canvas")).to_be_visible()


@pytest.mark.rule("S-36")
def test_the_customer_looks_chooses_and_signs_on_the_phone(phone: Page, sent: Sent, shop: Database):
    enter(phone, sent)
    assert axe_violations(phone) == []
    assert phone.locator('input[type="radio"]:checked').count() == 0
    phone.locator("#line1 .photo-open").click()
    expect(phone.locator("dialog.viewer img")).to_be_visible()
    phone.get_by_role("button", name="关闭").click()
    to_the_sheet(phone)
    expect(phone.get_by_role("button", name="提交签字")).to_be_disabled()
    write_name(phone)
    phone.set_viewport_size({"width": 844, "height": 390})
    expect(phone.get_by_role("button", name="提交签字")).to_be_enabled()
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.context.set_offline(True)
    phone.get_by_role("button", name="提交签字").click()
    expect(phone.locator(".sign-fault")).to_contain_text("您的选择和签名还在这台手机上")
    phone.context.set_offline(False)
    phone.get_by_role("button", name="提交签字").click()
    expect(phone.locator("h1")).to_have_text("已确认，我们开始施工")
    assert axe_violations(phone) == []
    with shop.reading() as db:
        approval = db.query(Approval).filter_by(repair_order_id=sent.order_id).one()
        person = db.query(ApprovalPerson).filter_by(approval_id=approval.id).one()
    assert approval.approved_fen == 107_000
    width, height = person.signature_facts["canvas"]
    assert width > height, "the name was turned upright"
    assert person.session_facts["photos_opened"] == ["1"]


def test_choices_and_review_need_no_script(context, sent: Sent):
    page = context("phone", java_script_enabled=False).new_page()
    page.goto(f"/a/{sent.token}")
    page.get_by_role("button", name="开始查看").click()
    for n, digit in enumerate("6021", 1):
        page.fill(f"[name=d{n}]", digit)
    page.get_by_role("button", name="下一步").click()
    for n, words in ((1, "同意"), (2, "这次不做"), (3, "以后再说")):
        choose(page, n, words)
    page.get_by_role("button", name="去核对").click()
    expect(page.locator("h1")).to_have_text("请核对，然后签字")
    page.get_by_role("link", name="确认无误，去签字").click()
    expect(page.locator(".no-script")).to_contain_text("您的选择已保存")
