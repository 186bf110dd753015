"""Credentials: who is let in, how they are renewed, and the pokes a phone hears."""

import asyncio

import pytest

from app.domain.workshop.device import CREDENTIAL_LIFE
from app.events import Hub
from app.routes.sync.events import pokes
from tests.house import House
from tests.phones import technician

ADDRESSES = [("GET", "/sync/me"), ("POST", "/sync/push"), ("GET", "/sync/pull"), ("POST", "/sync/park"),
             ("POST", "/sync/skip"), ("POST", "/sync/blobs/have"), ("PUT", f"/sync/blobs/{'0' * 64}"),
             ("GET", "/sync/events"), ("POST", "/sync/fork"), ("POST", "/sync/sign-out"), ("POST", "/sync/report")]


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
def test_a_stranger_is_told_to_sign_in(house: House, method: str, path: str) -> None:
    answer = house.stranger().request(method, path, headers={"x-bay": "1"})
    assert (answer.status_code, answer.json(), answer.headers["x-bay"]) == (401, {"error": "signed_out"}, "1")


@pytest.mark.parametrize(("method", "path"), [row for row in ADDRESSES if row[0] != "GET"])
def test_a_form_on_another_site_changes_nothing(house: House, method: str, path: str) -> None:
    phone = technician(house)
    answer = house.client.request(method, path, headers={"cookie": f"bay={phone.token}"})
    assert answer.status_code == 422


def test_a_credential_is_renewed_once_a_day_and_the_old_one_lives_until_the_new_arrives(house: House) -> None:
    phone = technician(house)
    assert "set-cookie" not in phone.request("GET", "/sync/me").headers
    house.clock.advance(days=1, minutes=1)
    lost = phone.request("GET", "/sync/me")
    assert "bay=" in lost.headers["set-cookie"]
    again = phone.request("GET", "/sync/me")
    assert again.status_code == 200, "fault row 42: the answer was lost, the old credential is still good"
    old, phone.token = phone.token, again.cookies["bay"]
    assert phone.request("GET", "/sync/me").status_code == 200
    phone.token = old
    assert phone.request("GET", "/sync/me").status_code == 401, "once the new one was used the old one is over"


def test_a_phone_silent_for_ninety_days_signs_in_again(house: House) -> None:
    phone = technician(house)
    house.clock.now += CREDENTIAL_LIFE
    assert phone.request("GET", "/sync/me").status_code == 401


def test_signing_out_closes_the_credential_and_keeps_the_log(house: House) -> None:
    phone = technician(house)
    assert phone.request("POST", "/sync/sign-out", json={"device_id": phone.device_id}).status_code == 200
    assert phone.request("GET", "/sync/me").status_code == 401


def test_a_report_is_taken(house: House) -> None:
    assert technician(house).request("POST", "/sync/report", json={"trace": [{"kind": "push"}]}).json() == {"received": True}


def test_a_phone_hears_of_its_own_cars_only() -> None:
    async def scene() -> list[str]:
        hub = Hub()
        hub.attach(asyncio.get_running_loop())
        stream = pokes(hub, "staff:1")
        heard = [str((await anext(stream)).comment)]
        waiting = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0)
        hub.publish("staff:2", "pull")
        hub.publish("staff:1", "pull")
        heard.append(str((await waiting).event))
        hub.close()
        return heard

    assert asyncio.run(scene()) == ["open", "pull"]
