"""Pictures: metadata first, bytes by their hash, each way exactly once (offline.md §2.6)."""

import errno
import hashlib

import pytest
from sqlalchemy import func, select

from app import storage
from app.models.base import new_id
from app.models.workshop.photo import Blob, Photo
from tests import pictures
from tests.engines import both_engines
from tests.house import House
from tests.phones import Floor, Phone, floor, pad, technician


def put(phone: Phone, content: bytes, name: str | None = None) -> object:
    return phone.request("PUT", f"/sync/blobs/{name or hashlib.sha256(content).hexdigest()}", content=content,
                         headers={"content-type": "image/jpeg"})


def attach(phone: Phone, car: Floor, content: bytes, **facts: object) -> dict[str, object]:
    found = pad(car)
    phone.do("insp.item_set", car.order_id, found)
    args = {"photo": str(new_id()), "target": "finding", "target_id": found["finding"],
            "sha256": hashlib.sha256(content).hexdigest(), "width": 640, "height": 480, "origin": "camera",
            "taken_at": phone.house.clock.now.isoformat(),
            "marks": [{"kind": "ring", "x": 0.5, "y": 0.5, "rx": 0.1, "ry": 0.1}], **facts}
    assert phone.do("photo.attach", car.order_id, args)["status"] == "applied"
    return args


def shown(phone: Phone, car: Floor) -> list[dict[str, object]]:
    return phone.doc(car.order_id)["inspections"][0]["findings"][0]["photos"]  # type: ignore[no-any-return]


@both_engines
def test_a_photo_is_on_its_way_until_its_bytes_are_here(house: House) -> None:
    phone, content = technician(house), pictures.jpeg(is_located=True)
    car = floor(house, phone)
    args = attach(phone, car, content)
    assert [photo["state"] for photo in shown(phone, car)] == ["pending"]
    assert phone.request("GET", f"/sync/photos/{args['photo']}").status_code == 404
    before = phone.pull()
    assert put(phone, content).status_code == 201
    after = phone.pull(before["timeline"], before["rev"])
    assert after["docs"], "the phones hear that it arrived"
    assert [photo["state"] for photo in shown(phone, car)] == ["stored"]
    picture = phone.request("GET", f"/sync/photos/{args['photo']}/thumb")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")
    assert b"Exif" not in phone.request("GET", f"/sync/photos/{args['photo']}").content


def test_fault_row_57_bytes_may_come_before_what_they_are_of(house: House) -> None:
    phone, content = technician(house), pictures.jpeg()
    car = floor(house, phone)
    assert put(phone, content).status_code == 201
    attach(phone, car, content)
    assert [photo["state"] for photo in shown(phone, car)] == ["stored"]


def test_fault_row_54_one_picture_on_two_things_is_one_blob_and_two_photos(house: House) -> None:
    phone, content = technician(house), pictures.jpeg()
    car = floor(house, phone)
    attach(phone, car, content)
    attach(phone, car, content)
    assert (put(phone, content).status_code, put(phone, content).status_code) == (201, 200)
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Blob)) == 2  # the picture and its thumbnail
        assert db.scalar(select(func.count()).select_from(Photo).where(Photo.blob_sha256.is_not(None))) == 2


def test_the_phone_asks_what_is_missing_before_it_sends(house: House) -> None:
    phone, content = technician(house), pictures.jpeg()
    name, other = hashlib.sha256(content).hexdigest(), "0" * 64
    put(phone, content)
    answer = phone.request("POST", "/sync/blobs/have", json={"sha256": [name, other]})
    assert answer.json() == {"missing": [other]}
    assert phone.request("POST", "/sync/blobs/have", json={"sha256": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", hashlib.sha256(b"").hexdigest(), "empty"),
        (pictures.jpeg(), "0" * 64, "wrong_hash"),
        (pictures.jpeg()[:900], None, "unreadable"),
        (b"no picture", None, "unreadable"),
    ],
)
def test_fault_row_55_what_is_not_what_it_says_is_never_stored(
    house: House, content: bytes, name: str | None, code: str
) -> None:
    answer = put(technician(house), content, name)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.headers["x-bay"] == "1"
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Blob)) == 0


def test_a_picture_too_large_is_refused_as_such(house: House) -> None:
    answer = put(technician(house), b"x" * 12_100_000)
    assert (answer.status_code, answer.headers["x-bay"]) == (413, "1")


def test_fault_row_58_a_full_disk_is_said_and_the_phone_keeps_the_photo(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> str:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(storage.FileStore, "put", full)
    answer = put(technician(house), pictures.jpeg())
    assert (answer.status_code, answer.json()["code"]) == (507, "full")


def test_fault_row_52_an_iphones_heic_is_converted_at_the_shop(house: House) -> None:
    phone, content = technician(house), pictures.heic()
    car = floor(house, phone)
    args = attach(phone, car, content, needs_server_convert=True)
    assert put(phone, content).status_code == 201
    assert phone.request("GET", f"/sync/photos/{args['photo']}").content[:2] == b"\xff\xd8"


def test_c5_a_photo_taken_off_is_gone_from_the_screens_and_kept(house: House) -> None:
    phone, content = technician(house), pictures.jpeg()
    car = floor(house, phone)
    args = attach(phone, car, content)
    assert phone.do("photo.detach", car.order_id, {"photo": args["photo"]})["status"] == "applied"
    assert phone.do("photo.detach", car.order_id, {"photo": args["photo"]})["status"] == "superseded"
    assert shown(phone, car) == []
    with house.database.reading() as db:
        assert db.scalars(select(Photo)).one().detached_at is not None


def test_marks_are_a_layer_over_the_picture(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    args = attach(phone, car, pictures.jpeg())
    marks = [{"kind": "arrow", "x": 1, "y": 0.3, "dx": 0, "dy": 0.1}]
    assert phone.do("photo.mark", car.order_id, {"photo": args["photo"], "marks": marks})["status"] == "applied"
    assert shown(phone, car)[0]["marks"] == marks
    with house.database.reading() as db:
        assert {type(value) for key, value in db.scalars(select(Photo)).one().marks[0].items() if key != "kind"} == {float}
    for bad in ([{"kind": "script"}], [{"kind": "ring", "x": "a", "y": 0, "rx": 0, "ry": 0}], "x"):
        verdict = phone.do("photo.mark", car.order_id, {"photo": args["photo"], "marks": bad})
        assert (verdict["status"], verdict["code"]) == ("parked", "malformed")


def test_nobody_sees_a_picture_of_a_car_they_do_not_work_on(house: House) -> None:
    phone, colleague, content = technician(house), technician(house), pictures.jpeg()
    car = floor(house, phone)
    args = attach(phone, car, content)
    put(phone, content)
    assert phone.request("GET", f"/sync/photos/{args['photo']}").status_code == 200
    assert colleague.request("GET", f"/sync/photos/{args['photo']}").status_code == 404
    assert house.stranger().get(f"/sync/photos/{args['photo']}").status_code == 401
