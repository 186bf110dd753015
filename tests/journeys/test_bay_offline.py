"""A technician inspects with the server dead, starts again from the icon, and everything arrives once."""

import secrets
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from app.models.base import new_id
from app.security import sha256
from tests.journeys.browsers import axe_violations
from tests.journeys.hands import picture_file

POINT = "front_brake_pad.FL"
PATIENCE = 30_000  # the server that dies and starts shares its machine with the browser
expect.set_options(timeout=PATIENCE)


def rows(server, query, *values):
    """What the shop's book says."""
    with closing(sqlite3.connect(server.var / "mingdan.db", timeout=10)) as book:
        return book.execute(query, values).fetchall()


def write(server, statement, *values):
    """Put something in the shop's book beside the running server."""
    with closing(sqlite3.connect(server.var / "mingdan.db", timeout=10)) as book, book:
        book.execute(statement, values)


@pytest.fixture(scope="module")
def work(server):
    """The order whose inspection is open, and its technician."""
    [(inspection, order, technician, store), *_] = rows(server, """
        select i.id, o.id, a.technician_id, o.store_id from inspection i join repair_order o on o.id = i.repair_order_id
        join assignment a on a.repair_order_id = o.id where i.finished_at is null""")
    return {"inspection": inspection, "order": str(UUID(order)), "technician": technician, "store": store}


def code_for(server, work):
    """Six digits as the desk gives them out."""
    code = f"{secrets.randbelow(10**6):06}"
    now = datetime.now(UTC).replace(tzinfo=None)
    columns = "id, store_id, staff_id, made_by_id, made_at, expires_at, code_sha256"
    write(server, f"insert into enrol_code ({columns}) values (?,?,?,?,?,?,?)", new_id().hex, work["store"],
          work["technician"], work["technician"], str(now), str(now + timedelta(minutes=10)), sha256(code))
    return code


def enrol(page: Page, server, work) -> Page:
    """Type the digits; wait until the orders and the shell are on the phone."""
    page.set_default_timeout(PATIENCE)
    page.goto("/bay/")
    for digit in code_for(server, work):
        page.get_by_role("button", name=digit, exact=True).click()
    expect(page.locator(".car-block")).to_be_visible()
    expect(page.locator("main")).to_contain_text("检查")  # orders and lists come in several pulls; this needs both
    expect(page.locator(".pill")).to_contain_text("都到店里了")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    return page


def go(page: Page, work, path):
    """Open a screen of this car."""
    page.evaluate("hash => { location.hash = hash }", f"#/car/{work['order']}/{path}")


def photograph(page: Page):
    """Take one picture with the phone's own camera or album."""
    page.locator("input[type=file]").first.set_input_files(picture_file())
    expect(page.locator(".shots figure")).to_have_count(1)


@pytest.mark.rule("R-CORE-11")
@pytest.mark.rule("R-CORE-12")
@pytest.mark.rule("R-CORE-14")
def test_a_whole_inspection_with_the_server_dead_arrives_once(context, server, work):
    phone = context("phone")
    page = enrol(phone.new_page(), server, work)
    server.kill()
    page.close()

    phone.set_default_timeout(PATIENCE)
    page = phone.new_page()  # from the icon, nobody answers
    page.goto("/bay/")
    expect(page.get_by_role("heading", name="连不上店里")).to_be_visible()
    go(page, work, f"point/{POINT}")
    for digit in "15":
        page.get_by_role("button", name=digit, exact=True).click()
    expect(page.locator(".grade[data-state=replace]")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="拍照").click()
    photograph(page)
    page.get_by_role("link", name="拍完了").click()
    page.get_by_role("link", name="提加项").click()
    expect(page.locator("h1")).to_contain_text("前制动片")
    for question in page.locator("fieldset").all():
        question.get_by_role("radio", name="不需要").check()
    page.get_by_role("button", name="提交").click()
    expect(page.locator("h1")).to_contain_text("存在本机")
    page.close()

    page = phone.new_page()  # and once more: nothing of it is gone
    page.goto("/bay/")
    expect(page.locator(".pill")).to_contain_text("连不上店里")
    go(page, work, f"point/{POINT}")
    expect(page.locator(".value output")).to_contain_text("1.5")

    server.start()
    page.evaluate("() => { location.hash = '#/sync' }")
    page.get_by_role("button", name="现在送").click()
    expect(page.locator(".pill")).to_contain_text("到店了")
    expect(page.locator(".big-no").first).to_have_text("0")

    [(grade, value, finding)] = rows(server, """select grade, value, id from finding
        where inspection_id = ? and point_id = 'front_brake_pad' and position = 'FL'""", work["inspection"])
    assert (grade, value) == ("replace", 1.5)
    assert len(rows(server, "select 1 from reading where finding_id = ?", finding)) == 1
    [(blob, width, height)] = rows(server, """select p.blob_sha256, b.width, b.height
        from photo p left join blob b on b.sha256 = p.blob_sha256 where p.target_id = ?""", finding)
    assert blob, "the bytes arrived with the words"
    assert width < height, "upright, as it was held"
    [(status,)] = rows(server, "select status from order_line where finding_id = ?", finding)
    assert status == "proposed"
    assert rows(server, """select r.type, r.status from sync_receipt r join sync_device d on d.id = r.device_id
        where d.staff_id = ? and r.type <> 'insp.start' order by r.seq""", work["technician"]) == [
        ("insp.item_set", "applied"), ("photo.attach", "applied"), ("addon.propose", "applied")
    ]


def test_the_phone_is_clean_for_axe_and_nothing_pressed_is_under_60_px(context, server, work):
    for scheme in ("light", "dark"):
        page = enrol(context("phone", color_scheme=scheme).new_page(), server, work)
        for path in ("", "inspection", "zone/brakes", "point/rear_brake_pad.RL", "point/rear_brake_pad.RL/cannot"):
            go(page, work, path)
            page.wait_for_timeout(300)
            assert axe_violations(page) == [], path
            assert too_small(page) == [], path


def too_small(page: Page):
    """Everything pressed in the bay that a gloved thumb would miss."""
    return page.evaluate("""() => [...document.querySelectorAll("button, a:not(.pill), label.press")]
      .filter((one) => one.offsetParent).map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
      .filter(([, box]) => box.width < 59.5 || box.height < 59.5)
      .map(([text, box]) => `${text} ${box.width}×${box.height}`)""")
