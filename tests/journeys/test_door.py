"""Through the front door and out again, on every screen, in both schemes."""

from tests.journeys.browsers import axe_violations
from tests.journeys.conftest import log_in


def test_an_advisor_logs_in_on_the_tablet_and_out_again(tablet):
    log_in(tablet, "zhoumin", "/office/me")
    assert tablet.inner_text("h1") == "周敏"
    assert axe_violations(tablet) == []
    tablet.click("main form button:has-text('退出')")
    tablet.wait_for_url("**/login")


def test_the_server_dies_and_comes_back_and_the_log_in_still_holds(desk, server):
    log_in(desk, "xujing", "/office/me")
    server.restart()
    desk.reload()
    assert desk.inner_text("h1") == "许静"


def test_the_log_in_page_is_clean_for_axe_in_light_and_dark(context):
    for scheme in ("light", "dark"):
        page = context("tablet", color_scheme=scheme).new_page()
        page.goto("/login")
        assert axe_violations(page) == []
