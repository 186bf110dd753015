"""Every page of the table opens for its user, in light and dark, and axe finds nothing."""

import pytest

from app.models.database import Database
from app.settings import Settings
from tests.journeys.browsers import axe_violations
from tests.journeys.conftest import log_in
from tests.journeys.pages import PAGES
from tests.journeys.subjects import subjects


@pytest.fixture(scope="module")
def words(server):
    """The ids of the demo."""
    database = Database(Settings(var=server.var).url, pool_size=1)
    with database.reading() as db:
        found = subjects(db)
    database.close()
    return found


@pytest.fixture(scope="module")
def states():
    """Each user's log-in, kept from page to page."""
    return {}


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_a_page_is_clean_in_light_and_dark(shown, context, words, states):
    for scheme in ("light", "dark"):
        key = (shown.user, shown.screen)
        browser = context(shown.screen, color_scheme=scheme, storage_state=states.get(key))
        page = browser.new_page()
        if shown.user and key not in states:
            log_in(page, shown.user, shared=shown.screen == "tablet")
            states[key] = browser.storage_state()
        page.goto(shown.path.format(**words))
        expected = {"403": 403, "404": 404, "404-stranger": 404}.get(shown.name, 200)
        assert page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == expected
        assert axe_violations(page) == []
