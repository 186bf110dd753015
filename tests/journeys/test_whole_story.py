"""The whole story of one car, by real clicks: arrival, inspection without the server, approval, work, check, money, road."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys import story_bay as bay
from tests.journeys import story_customer as customer
from tests.journeys import story_desk as desk_of
from tests.journeys.conftest import log_in
from tests.journeys.running import Server

PATIENCE = 30_000  # the server that dies and starts shares its machine with the browsers
SERVICE, PADS, TYRES = "常规保养（小保养）", "更换前制动片", "更换轮胎（同轴一对）"
TECHNICIAN = "李建国"  # inspector too, so only the rule of the second person stops him
Browsers = Callable[..., BrowserContext]


@dataclass
class Story:
    """The car the story is about, as the book knows it before it comes."""

    vehicle: str
    plate: str
    owner: str
    phone: str
    km: int
    order: str = ""

    @property
    def key(self) -> str:
        """The order as the book writes it."""
        return self.order.replace("-", "")


def rows(server: Server, query: str, *values: Any) -> list[Any]:
    """What the shop's book says."""
    with closing(sqlite3.connect(server.var / "mingdan.db", timeout=10)) as book:
        return book.execute(query, values).fetchall()


@pytest.fixture
def story(server: Server) -> Story:
    """A car of a single-car owner that runs on petrol, has been here, left nothing open, and is not in the shop."""
    [found, *_] = rows(server, """
        select v.id, v.plate, c.name, c.phone, (select max(km) from odometer_reading r where r.vehicle_id = v.id) km
        from vehicle v join customer c on c.id = v.owner_id join vehicle_series s on s.id = v.series_id
        where s.powertrain not in ('bev', 'phev') and v.plate_kind = 'blue' and km > 20000
          and v.id not in (select vehicle_id from repair_order where status not in ('delivered', 'cancelled'))
          and v.id not in (select vehicle_id from reception where status in ('waiting', 'in_progress'))
          and v.id not in (select o.vehicle_id from repair_order o join order_line l on l.repair_order_id = o.id
                           where l.status in ('declined', 'deferred'))
        order by v.plate""")
    return Story(*found)


@pytest.fixture
def open_page(context: Browsers) -> Callable[[str], Page]:
    """A page on a machine of its own, with the patience a busy machine needs."""
    expect.set_options(timeout=PATIENCE)

    def one(screen: str) -> Page:
        browser = context(screen)
        browser.set_default_timeout(PATIENCE)
        return browser.new_page()

    return one


@pytest.mark.rule("R-CORE-1")
def test_one_car_from_the_search_box_to_the_road_and_back(server: Server, open_page: Callable[[str], Page], story: Story):
    tablet = log_in(open_page("tablet"), "zhoumin", "/reception", shared=True)
    arrive(tablet, story)
    phone = inspect_without_the_shop(server, open_page, tablet, story)
    refuse_before_the_yes(server, phone, story)
    second_person(open_page, story)
    link = offer(tablet, story)
    decide(server, open_page, link, story)
    work(server, phone, story)
    desk_of.check_quality(log_in(open_page("tablet"), "hewei"), story.plate)
    pay_and_leave(server, open_page, story)
    come_again(tablet, story)


def arrive(tablet: Page, story: Story) -> None:
    """From the search box to the customer's signature."""
    desk_of.receive(tablet, story.plate)
    desk_of.walk_around(tablet, story.km)
    desk_of.hear(tablet)
    desk_of.agree_on_work(tablet, SERVICE)
    desk_of.sign_contract(tablet, TECHNICIAN)
    story.order = tablet.url.rpartition("/")[2]


def inspect_without_the_shop(server: Server, open_page: Callable[[str], Page], tablet: Page, story: Story) -> Page:
    """The server dies; what is measured, photographed and proposed is on the phone, and later at the shop, once."""
    digits = desk_of.code_for_phone(log_in(open_page("desk"), "wangjianhua"), TECHNICIAN)
    phone = open_page("phone")
    bay.enrol(phone, digits)
    desk_of.watch_board(tablet, story.order)
    server.kill()
    phone = restarted(phone)
    expect(phone.get_by_role("heading", name="连不上店里")).to_be_visible()
    propose_both(phone, story)
    phone = restarted(phone)
    bay.open_car(phone, story.plate)
    for operation in (PADS, TYRES):
        bay.waits_for_customer(phone, operation)
    pocket = phone.context
    phone.close()
    server.start()
    expect(tablet.locator("[data-part=lost]")).to_be_hidden()
    phone = pocket.new_page()
    phone.goto("/bay/")
    expect(tablet.locator("[data-part=held]")).to_contain_text("新加项")
    desk_of.take_in(tablet, story.order)
    assert desk_of.still_standing(tablet), "it came over the open line"
    expect(phone.locator(".pill")).to_contain_text("都到店里了")
    arrived_once(server, story)
    return phone


def restarted(phone: Page) -> Page:
    """The app closed and opened again from its icon."""
    pocket = phone.context
    phone.close()
    page = pocket.new_page()
    page.goto("/bay/")
    expect(page.locator(".pill")).to_contain_text("连不上店里")
    return page


def propose_both(phone: Page, story: Story) -> None:
    """Brake pads past their limit, tyres close to it."""
    bay.open_car(phone, story.plate)
    bay.measure(phone, "brakes", "front_brake_pad.FL", "18", "replace")
    bay.photograph_finding(phone)
    bay.propose(phone, PADS)
    phone.goto("/bay/")
    bay.open_car(phone, story.plate)
    bay.measure(phone, "tyres_wheels", "tyre_tread.RL", "24", "watch")
    bay.photograph_finding(phone)
    bay.propose(phone, TYRES)


def arrived_once(server: Server, story: Story) -> None:
    """Two findings, a photo each, two proposals; every step of the phone once, in its order."""
    findings = rows(server, """select f.point_id, f.position, f.value, f.grade, count(p.id), count(p.blob_sha256)
        from finding f left join photo p on p.target_id = f.id where f.repair_order_id = ?
        and f.grade <> 'not_checked' group by f.id order by f.point_id""", story.key)
    assert findings == [("front_brake_pad", "FL", 1.8, "replace", 1, 1), ("tyre_tread", "RL", 2.4, "watch", 1, 1)]
    assert rows(server, "select title_zh, status from order_line where repair_order_id = ? and origin = 'add_on' order by id",
                story.key) == [(PADS, "proposed"), (TYRES, "proposed")]
    received = rows(server, "select type, status from sync_receipt where stream = ? order by seq", f"ro:{story.order}")
    step = [("insp.item_set", "applied"), ("photo.attach", "applied"), ("addon.propose", "applied")]
    assert received == [("insp.start", "applied"), *step, *step]


def refuse_before_the_yes(server: Server, phone: Page, story: Story) -> None:
    """No button on unapproved work; a phone that lies about what it starts is refused, and says so."""
    bay.open_car(phone, story.plate)
    for operation in (PADS, TYRES):
        bay.waits_for_customer(phone, operation)
    [(pads, service)] = rows(server, """select p.id, s.id from order_line p join order_line s using (repair_order_id)
        where p.repair_order_id = ? and p.title_zh = ? and s.title_zh = ?""", story.key, PADS, SERVICE)

    def lie(route: Route) -> None:
        route.continue_(post_data=(route.request.post_data or "").replace(str(UUID(service)), str(UUID(pads))))

    phone.route("**/sync/push", lie)
    bay.begin(phone, SERVICE)
    expect(phone.locator(".pill")).to_contain_text("要你看 1")
    phone.unroute("**/sync/push")
    assert rows(server, "select work_status from order_line where id in (?, ?)", pads, service) == [("waiting",)] * 2
    bay.acknowledge(phone)


def second_person(open_page: Callable[[str], Page], story: Story) -> None:
    """Who proposed it may look, not pass; another person passes both."""
    desk = log_in(open_page("desk"), "lijianguo")
    desk_of.open_from_board(desk, story.order, "看加项")
    expect(desk.locator(".next")).to_contain_text("要由另一个人复核")
    expect(desk.get_by_role("button", name="复核通过")).to_have_count(0)
    desk = log_in(open_page("tablet"), "hewei")
    desk_of.open_from_board(desk, story.order, "看加项")
    desk_of.review(desk)
    desk_of.review(desk)


def offer(tablet: Page, story: Story) -> str:
    """The advisor's board has followed by itself; priced and sent, the link comes from the page."""
    expect(tablet.locator(f"#car-{story.order}")).to_contain_text("复核过，还没发")
    assert desk_of.still_standing(tablet)
    desk_of.price_and_send(tablet, story.order, PADS)
    return desk_of.copied_link(tablet)


def decide(server: Server, open_page: Callable[[str], Page], link: str, story: Story) -> None:
    """The customer agrees to the pads, leaves the tyres for later, signs by finger and keeps the paper."""
    page = open_page("phone")
    customer.open_link(page, link, [story.plate, story.plate[2:], story.owner, story.phone])
    customer.identify(page, story.phone)
    customer.choose(page, PADS, "同意")
    customer.choose(page, TYRES, "以后再说")
    customer.check(page)
    customer.sign(page)
    assert customer.paper(page).startswith(b"%PDF")
    assert rows(server, """select title_zh, status from order_line where repair_order_id = ? and origin = 'add_on'
        order by id""", story.key) == [(PADS, "approved"), (TYRES, "deferred")]


def work(server: Server, phone: Page, story: Story) -> None:
    """The phone turned green by itself; everything agreed is done and the car handed to the check."""
    expect(phone.locator(".task", has_text=PADS).get_by_role("button", name="开始")).to_be_visible()
    bay.begin(phone, SERVICE)
    bay.finish(phone)
    bay.back_to_car(phone)
    bay.begin(phone, PADS)
    bay.finish(phone)
    bay.end_inspection(phone)
    bay.hand_to_check(phone)
    expect(phone.locator(".pill")).to_contain_text("都到店里了")
    assert rows(server, "select status from repair_order where id = ?", story.key) == [("quality_check",)]


def pay_and_leave(server: Server, open_page: Callable[[str], Page], story: Story) -> None:
    """The list says what was agreed, not a fen more; paid, signed, driven off, to be called from day 3 to day 7."""
    [(agreed,)] = rows(server, "select total_after_fen from approval where repair_order_id = ?", story.key)
    cashier = log_in(open_page("desk"), "qianli")
    desk_of.settle(cashier, story.order, f"{agreed / 100:,.2f}")
    desk_of.hand_over(cashier)
    [(status, opens, due, day_3, day_7)] = rows(server, """select o.status, f.opens_on, f.due_on,
        date(o.delivered_at, '+8 hours', '+3 days'), date(o.delivered_at, '+8 hours', '+7 days')
        from repair_order o join follow_up f on f.repair_order_id = o.id and f.kind = 'first_call' where o.id = ?""", story.key)
    assert (status, opens, due) == ("delivered", day_3, day_7)


def come_again(tablet: Page, story: Story) -> None:
    """At the next arrival the tyres the customer left for later are offered again, and taken up by one tap."""
    tablet.goto("/reception")
    desk_of.search(tablet, story.plate[2:])
    expect(tablet.locator("search-results")).to_contain_text("上次推迟 1 项")
    desk_of.receive(tablet, story.plate)
    tablet.get_by_role("link", name="项目与时间").click()
    desk_of.take_up(tablet, TYRES)
