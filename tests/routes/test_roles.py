"""The role matrix: every route × every role, the signed out, and people of the other store (R-ALL-1, S-26)."""

import re

import pytest

from app.domain.office.staff import Role
from app.routes.dependencies import EVERYBODY
from tests.routes.walk import Stop, stops, things_of_the_first_store

OPEN_TO_STRANGERS = {
    "/": "nothing: listed by the static files' mount only",
    "/healthz": "a monitor asks whether the server lives",
    "/login": "the way in",
    "/static": "style sheets, icons and scripts hold nothing personal",
    "/s/{store_code:str}": "the standard of service is for everybody to compare (R-CORE-5)",
    "/verify": "a customer compares the digits on their paper with what the shop keeps (approval.md)",
    "/sync/enrol": "six digits that live ten minutes make a phone somebody's",
}
SHELLS = ("/bay",)  # the phone app's files: the same for everybody, no data in them
KEPT_BY_A_SECRET = {"/a/": "the customer's link and, after it, the last four digits", "/sync/": "the phone's credential"}
NOT_THEIRS = {401, 403, 404, 410}
IDS_OF_ONESELF = {"/office/me/sessions/{session_id:uuid}"}


def test_a_route_that_names_no_role_is_public_and_says_why(house):
    for stop in stops(house.app):
        known = stop.path in OPEN_TO_STRANGERS or stop.path.startswith((*SHELLS, *KEPT_BY_A_SECRET))
        assert (stop.is_public and known) or stop.roles, str(stop)


def test_every_role_may_open_something(house):
    everywhere = [stop.roles for stop in stops(house.app) if not stop.is_public and stop.roles != EVERYBODY]
    nowhere = [role for role in Role if role is not Role.PARTS_CLERK and not any(role in roles for roles in everywhere)]
    assert not nowhere


@pytest.mark.rule("R-ALL-1")
@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_into_its_own_routes_and_no_other(house, role):
    wrong, refused = [], house.log_in(role)
    for stop in stops(house.app):
        if stop.is_public or (stop.is_stream and role in stop.roles):
            continue
        browser = house.log_in(role) if role in stop.roles else refused  # what they may do could end the log-in
        status = browser.request(stop.method, stop.url()).status_code
        if (status == 403) is (role in stop.roles) or status >= 500:
            wrong.append(f"{stop}: {status}")
    assert not wrong, "\n".join(wrong)


def test_the_signed_out_are_led_to_the_log_in_and_see_nothing(house):
    wrong = []
    for stop in stops(house.app):
        if stop.is_public:
            continue
        answer = house.stranger().request(stop.method, stop.url())
        if answer.status_code != 303 or not answer.headers["location"].startswith("/login"):
            wrong.append(f"{stop}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_a_stranger_without_the_secret_learns_nothing(house):
    wrong = []
    for stop in stops(house.app):
        if not stop.path.startswith(tuple(KEPT_BY_A_SECRET)) or stop.path in OPEN_TO_STRANGERS:
            continue
        answer = house.stranger().request(stop.method, stop.url(), headers={"x-bay": "1"})
        if answer.status_code not in NOT_THEIRS:
            wrong.append(f"{stop}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.rule("R-ALL-1")
def test_nobody_of_the_other_store_finds_anything_of_this_one(house):
    with house.database.writing() as db:
        things = things_of_the_first_store(db)
    unknown, wrong = set(), []
    for stop in stops(house.app):
        names = re.findall(r"{(\w+_id):uuid}", stop.path)
        if stop.is_public or not names:
            continue
        unknown |= set(names) - set(things)
        answer = house.neighbour(*Role).request(stop.method, stop.url(right_line(stop, things)))
        if answer.status_code != 404:
            wrong.append(f"{stop}: {answer.status_code}")
    assert not unknown, f"walk.py makes nothing for {unknown}"
    assert not wrong, "\n".join(wrong)


def right_line(stop: Stop, things):
    """`line_id` is a line of the order, or of the settlement list where the address says so."""
    return {**things, "line_id": things["settlement_line_id"]} if stop.path.startswith("/settlement-lines") else things
