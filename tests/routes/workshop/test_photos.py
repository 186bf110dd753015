"""Photos on the staff's pages."""

import pytest

from app.domain.office.staff import Role
from tests import pictures
from tests.builders import damage_mark, reception, save
from tests.house import Browser, House


def arrival_with_a_mark(house: House) -> str:
    with house.database.writing() as db:
        car = reception()
        mark = damage_mark(car)
        save(db, car)
        return str(mark.id)


def send(browser: Browser, mark_id: str, content: bytes = b"") -> object:
    return browser.request("POST", f"/photos?target=damage_mark&target_id={mark_id}", content=content or pictures.jpeg(),
                           headers={"content-type": "image/jpeg"})


def test_a_photo_of_a_scratch_is_kept_and_shown_to_its_own_store_only(house: House) -> None:
    mark_id = arrival_with_a_mark(house)
    advisor = house.log_in(Role.ADVISOR)
    answer = send(advisor, mark_id)
    assert answer.status_code == 201
    shown = advisor.get(answer.json()["thumb"])
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    assert advisor.get(answer.json()["url"]).content[:3] == b"\xff\xd8\xff"
    assert house.neighbour(Role.ADVISOR).get(answer.json()["url"]).status_code == 404
    assert house.stranger().get(answer.json()["url"]).status_code == 303


def test_nobody_puts_a_photo_on_another_stores_car(house: House) -> None:
    mark_id = arrival_with_a_mark(house)
    assert send(house.neighbour(Role.ADVISOR), mark_id).status_code == 404
    assert send(house.log_in(Role.CASHIER), mark_id).status_code == 403
    assert send(house.stranger(), mark_id).status_code in (303, 401)


@pytest.mark.parametrize("content", [b"not a picture", pictures.jpeg()[:300]])
def test_a_file_that_is_no_photo_is_refused_with_a_sentence(house: House, content: bytes) -> None:
    answer = send(house.log_in(Role.ADVISOR), arrival_with_a_mark(house), content)
    assert answer.status_code == 422
    assert "照片" in answer.text


def test_only_who_took_a_photo_takes_it_off_again(house: House) -> None:
    advisor = house.log_in(Role.ADVISOR)
    url = send(advisor, arrival_with_a_mark(house)).json()["url"]
    assert house.log_in(Role.ADVISOR).delete(url).status_code == 409
    assert advisor.delete(url).status_code == 200
