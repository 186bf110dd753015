"""Headers of every answer, refusals included; a forged form is refused (S-15, S-19, S-20)."""

import pytest

from app.domain.office.staff import Role
from app.models.office.staff import Staff
from app.routes.headers import HEADERS
from tests.routes.walk import stops


@pytest.mark.rule("S-19", "S-20")
def test_every_answer_of_every_route_carries_the_headers(house):
    lacking = []
    for stop in stops(house.app):
        if stop.is_public and stop.is_stream:
            continue
        answer = house.stranger().request(stop.method, stop.url())
        lacking += [f"{stop}: {name}" for name in HEADERS if name not in answer.headers]
    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize(("path", "status"), [("/office/staff", 403), ("/nowhere", 404), ("/login/x/y", 404)])
def test_refusals_carry_the_headers_too(house, path, status):
    answer = house.log_in(Role.ADVISOR).get(path)
    assert answer.status_code == status
    assert not [name for name in HEADERS if name not in answer.headers]
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_a_mistake_of_ours_is_a_500_that_shows_a_record_and_no_trace(house, monkeypatch):
    browser = house.log_in(Role.ADVISOR)
    monkeypatch.setattr("app.models.office.login_queries.of_person", lambda *_: 1 / 0)
    answer = browser.get("/office/me")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert "记录" in answer.text
    assert not [name for name in HEADERS if name not in answer.headers]


@pytest.mark.rule("S-15")
@pytest.mark.parametrize("token", ["", "0" * 64, "登"])
def test_a_form_without_the_sessions_own_token_changes_nothing(house, token):
    browser = house.log_in(Role.ADVISOR)
    browser.headers.pop("x-csrf-token")
    answer = browser.post("/office/me/language", {"language": "en", "_csrf": token})
    assert answer.status_code == 403
    with house.database.reading() as db:
        assert db.get_one(Staff, browser.staff_id).language == "zh_CN"


@pytest.mark.rule("S-15")
def test_another_sessions_token_is_refused(house):
    mine, other = house.log_in(Role.ADVISOR), house.log_in(Role.ADVISOR)
    mine.headers["x-csrf-token"] = other.headers["x-csrf-token"]
    assert mine.post("/office/me/language", {"language": "en"}).status_code == 403


def test_a_refused_htmx_request_gets_the_sentence_where_the_page_shows_refusals(house):
    answer = house.log_in(Role.ADVISOR).as_htmx().get("/office/staff")
    assert (answer.status_code, answer.headers["hx-retarget"]) == (403, "#refusal")
    assert "<html" not in answer.text
