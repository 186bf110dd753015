"""Every page of the table opens for its user, in light and dark, and axe finds nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.browsers import axe_violations
from tests.journeys.conftest import note
from tests.journeys.doors import Doors
from tests.journeys.pages import PAGES, Shown
from tests.journeys.running import Server

REFUSED = {"403": 403, "404": 404, "404-stranger": 404}


@pytest.fixture(scope="module")
def doors(browser: Browser, server: Server) -> Iterator[Doors]:
    """Everybody's browser, kept from page to page."""
    opened = Doors(browser, server)
    yield opened
    opened.close()


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_a_page_is_clean_in_light_and_dark(shown: Shown, doors: Doors, faults: list[str]):
    page = doors.page(shown, listen=lambda message: note(message, faults))
    assert page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == REFUSED.get(shown.name, 200)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe_violations(page) == []
    page.close()
