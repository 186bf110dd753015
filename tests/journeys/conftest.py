"""What a journey starts with: a server with the demo week, and browsers in the sizes of its users."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from app.demo.people import PASSWORD
from tests.journeys.browsers import FLAGS, SCREENS, chromium, font_environment
from tests.journeys.running import Server, command, copied

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated data folder with the demo week, to be copied."""
    var: Path = tmp_path_factory.mktemp("demo")
    command(var, "migrate")
    command(var, "demo")
    return var


@pytest.fixture(scope="module")
def server(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of this journey's own, which it may kill and restart."""
    running = Server(copied(demo_folder, tmp_path_factory.mktemp("server")))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for all journeys."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium(playwright), args=FLAGS, env=font_environment(tmp_path_factory.mktemp("fonts"))
        )
        yield launched
        launched.close()


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What went wrong in the open pages; a journey that expects something takes it out, the rest fails the test."""
    seen: list[str] = []
    yield seen
    assert not seen, "\n".join(seen)


@pytest.fixture
def context(browser: Browser, server: Server, faults: list[str]) -> Iterator[Callable[..., BrowserContext]]:
    """`context("phone")`: a browser of its own, with nothing in it; more options as Playwright takes them."""
    opened: list[BrowserContext] = []

    def open_one(screen: str, **options: Any) -> BrowserContext:
        one = browser.new_context(
            base_url=server.url, locale="zh-CN", timezone_id="Asia/Shanghai", **{**SCREENS[screen], **options}
        )
        one.set_default_timeout(10_000)
        one.on("weberror", lambda error: faults.append(f"{error.page and error.page.url}: {error.error}"))
        one.on("console", lambda message: note(message, faults))
        opened.append(one)
        return one

    yield open_one
    for one in opened:
        one.close()


def note(message: ConsoleMessage, faults: list[str]) -> None:
    """Errors of our scripts and of the content policy; a refused request is for the journey itself to judge."""
    if message.type == "error" and "Failed to load resource" not in message.text:
        faults.append(f"{message.page and message.page.url}: {message.text}")


@pytest.fixture
def desk(context: Callable[..., BrowserContext]) -> Page:
    """A page on an office screen."""
    return context("desk").new_page()


@pytest.fixture
def tablet(context: Callable[..., BrowserContext]) -> Page:
    """A page on the tablet at reception."""
    return context("tablet").new_page()


@pytest.fixture
def phone(context: Callable[..., BrowserContext]) -> Page:
    """A page on a phone."""
    return context("phone").new_page()


def log_in(page: Page, username: str, path: str = "/office/me", *, shared: bool = False) -> Page:
    """Log in as somebody of the demo and go somewhere; `shared` as on the tablet that everybody uses."""
    page.goto(f"/login?next={path}")
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.set_checked("[name=shared]", shared)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)
    if "/office/me/store" in page.url:
        page.click("button[type=submit]")
        page.wait_for_url(lambda url: "/office/me/store" not in url)
    return page
