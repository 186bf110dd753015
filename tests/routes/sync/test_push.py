"""Push: exactly once, in order, nothing ever lost, whatever the network does (offline.md §2.4, §4)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.models.base import new_id
from app.models.workshop.device import Device, SyncReceipt
from app.models.workshop.inspection import Finding, FindingNote, Reading
from app.routes.sync import batch
from tests.engines import both_engines
from tests.house import House
from tests.phones import Floor, Phone, floor, pad, technician


def count(house: House, thing: type[Any]) -> int:
    with house.database.reading() as db:
        return db.scalar(select(func.count()).select_from(thing)) or 0


def statuses(answer: dict[str, Any]) -> list[str]:
    return [verdict["status"] for verdict in answer["verdicts"]]


def fifty(phone: Phone, car: Floor) -> list[dict[str, Any]]:
    found = pad(car)
    first = phone.write("insp.item_set", car.order_id, found)
    notes = [phone.write("insp.note_add", car.order_id, {"insp": car.insp, "finding": found["finding"],
                                                         "note": str(new_id()), "text": f"{n}"}) for n in range(49)]
    return [first, *notes]


@both_engines
def test_a_reading_of_the_phone_stands_at_the_shop(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    answer = phone.push(phone.write("insp.item_set", car.order_id, pad(car)))
    assert statuses(answer) == ["applied"]
    assert (answer["ack_seq"], answer["ack_mid"]) == (1, phone.last_mid)
    [found] = phone.doc(car.order_id)["inspections"][0]["findings"]
    assert (found["grade"], found["value"], found["proposed"], found["unit"]) == ("replace", 1.6, "replace", "mm")
    assert found["rev"] == answer["rev"]


def test_fault_row_4_an_answer_that_was_lost_does_not_double_anything(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    envelope = phone.write("insp.item_set", car.order_id, pad(car))
    phone.push(envelope)
    again = phone.push(envelope)
    assert statuses(again) == ["duplicate"]
    assert again["ack_seq"] == 1
    assert count(house, Reading) == 1


@both_engines
def test_fault_row_11_one_batch_pushed_forty_times_at_once_is_applied_once(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    envelopes = fifty(phone, car)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _n: phone.send(*envelopes), range(40)))
    assert {answer.status_code for answer in answers} == {200}
    verdicts = [status for answer in answers for status in statuses(answer.json())]
    assert (verdicts.count("applied"), verdicts.count("duplicate")) == (50, 1950)
    assert count(house, FindingNote) == 49
    assert count(house, SyncReceipt) == 50


def test_fault_row_13_an_old_request_that_arrives_late_changes_nothing(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    early = phone.write("insp.item_set", car.order_id, pad(car))
    phone.push(early)
    phone.do("insp.item_set", car.order_id, pad(car, 4.0, "watch"), base_rev=10**6)
    phone.push(early)
    assert phone.doc(car.order_id)["inspections"][0]["findings"][0]["value"] == 4.0


def test_fault_row_14_the_same_id_with_another_meaning_keeps_both_and_is_shown(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    first = phone.write("insp.item_set", car.order_id, pad(car))
    phone.push(first)
    other = phone.write("insp.item_set", car.order_id, pad(car, 9.0, "good"), mid=first["mid"])
    phone.last_mid = first["mid"]
    answer = phone.push(other)
    assert statuses(answer) == ["mismatch"]
    assert answer["verdicts"][0]["message"]
    assert answer["ack_seq"] == 2, "the queue goes on"
    assert phone.doc(car.order_id)["inspections"][0]["findings"][0]["value"] == 1.6
    assert count(house, SyncReceipt) == 2
    assert statuses(phone.push(other)) == ["mismatch"]
    assert count(house, SyncReceipt) == 2, "told again, kept once"


def test_fault_row_15_after_a_gap_the_shop_asks_for_what_is_missing(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    first, second = (phone.write("insp.item_set", car.order_id, pad(car)) for _ in range(2))
    answer = phone.push(second)
    assert (answer["gap"], answer["ack_seq"], answer["verdicts"]) == ({"expected": 1}, 0, [])
    assert count(house, SyncReceipt) == 0
    assert statuses(phone.push(first, second)) == ["applied", "applied"]


def test_fault_row_15_a_cloned_phone_is_noticed_and_nothing_is_lost_or_doubled(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    shared = phone.write("insp.item_set", car.order_id, pad(car))
    phone.push(shared)
    twin = phone.clone()
    phone.do("insp.note_add", car.order_id, {"insp": car.insp, "finding": shared["args"]["finding"],
                                             "note": str(new_id()), "text": "mine"})
    note = {"insp": car.insp, "finding": shared["args"]["finding"], "note": str(new_id()), "text": "the twin's"}
    its = twin.write("insp.note_add", car.order_id, note)
    answer = twin.push(its)
    assert answer["device_fork"] is True
    fork = twin.request("POST", "/sync/fork", json={})
    twin.device_id, twin.token = fork.json()["device_id"], fork.cookies["bay"]
    renumbered = [{**shared, "seq": 1, "prev": None}, {**its, "seq": 2, "prev": shared["mid"]}]
    assert statuses(twin.push(*renumbered)) == ["duplicate", "applied"]
    assert count(house, FindingNote) == 2
    assert count(house, Reading) == 1
    assert phone.push()["ack_seq"] == 2, "the first phone goes on as it was"


def test_another_predecessor_at_the_next_place_is_a_fork_too(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    phone.do("insp.start", car.order_id, {"insp": car.insp})
    stray = phone.write("insp.complete", car.order_id, {"insp": car.insp}, prev=str(new_id()))
    assert phone.push(stray)["device_fork"] is True


def test_fault_row_18_a_handler_that_breaks_parks_its_mutation_and_the_rest_goes_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any) -> Any:
        raise ZeroDivisionError

    phone = technician(house)
    car = floor(house, phone)
    found = pad(car)
    note = {"insp": car.insp, "finding": found["finding"], "note": str(new_id()), "text": "a"}
    with monkeypatch.context() as patch:
        patch.setitem(batch.HANDLERS, "insp.item_set", broken)
        answer = phone.push(phone.write("insp.start", car.order_id, {"insp": car.insp}),
                            phone.write("insp.item_set", car.order_id, found),
                            phone.write("insp.note_add", car.order_id, note))
    assert statuses(answer) == ["applied", "parked", "held"]
    assert answer["ack_seq"] == 3
    with house.database.reading() as db:
        kept = db.get_one(SyncReceipt, UUID(answer["verdicts"][1]["mid"]))
        assert kept.payload["args"] == found


def test_fault_row_46_a_type_this_server_does_not_know_is_kept(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    assert phone.do("parts.request", car.order_id, {"part": "x"})["code"] == "unknown_type"
    assert phone.do("insp.start", car.order_id, {"insp": car.insp}, v=9)["code"] == "newer_version"
    assert count(house, SyncReceipt) == 2


@pytest.mark.parametrize("args", [{}, {"insp": "no id"}, {"insp": None, "rating": "purple"}, []])
def test_what_cannot_be_read_is_kept_and_the_queue_goes_on(house: House, args: Any) -> None:
    phone = technician(house)
    car = floor(house, phone)
    verdict = phone.do("insp.item_set", car.order_id, args)
    assert (verdict["status"], verdict["code"]) == ("parked", "malformed")
    assert phone.do("insp.start", car.order_id, {"insp": car.insp})["status"] == "applied"


def test_fault_row_37_what_speaks_of_something_unseen_waits_for_it_and_follows(house: House) -> None:
    author, colleague = technician(house), technician(house)
    car = floor(house, author, colleague)
    found = pad(car)
    note = {"insp": car.insp, "finding": found["finding"], "note": str(new_id()), "text": "see photo"}
    assert colleague.do("insp.note_add", car.order_id, note)["status"] == "held"
    assert author.do("insp.item_set", car.order_id, found)["status"] == "applied"
    with house.database.reading() as db:
        assert db.scalars(select(FindingNote.text)).all() == ["see photo"]
        assert db.scalar(select(SyncReceipt.status).where(SyncReceipt.type == "insp.note_add")) == "applied"


def test_c25_what_has_waited_five_days_is_put_before_a_person(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    note = {"insp": car.insp, "finding": str(new_id()), "note": str(new_id()), "text": "?"}
    phone.do("insp.note_add", car.order_id, note)
    house.clock.advance(days=5, minutes=1)
    phone.push()
    with house.database.reading() as db:
        assert db.scalar(select(SyncReceipt.status)) == "parked"


def test_a_rule_of_the_shop_is_said_in_the_technicians_language_and_the_work_is_kept(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    verdict = phone.do("insp.item_set", car.order_id, pad(car, 1.6, "good"))
    assert verdict["status"] == "rejected"
    assert "为什么" in verdict["message"] or "原因" in verdict["message"]
    assert count(house, Finding) == 0
    assert count(house, SyncReceipt) == 1
    assert statuses(phone.push()) == []


def test_l16_one_persons_work_is_never_taken_as_anothers(house: House) -> None:
    phone, other = technician(house), technician(house)
    car = floor(house, phone, other)
    verdict = phone.do("insp.start", car.order_id, {"insp": car.insp}, author=str(other.staff_id))
    assert (verdict["status"], verdict["code"]) == ("parked", "wrong_author")


def test_who_was_never_on_the_car_changes_nothing(house: House) -> None:
    phone, stranger = technician(house), technician(house)
    car = floor(house, phone)
    assert stranger.do("insp.start", car.order_id, {"insp": car.insp})["status"] == "rejected"
    assert phone.doc(car.order_id)["inspections"][0]["started_at"] is None


def test_a_record_handed_over_unread_lets_the_queue_go_on(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    poison = phone.write("insp.start", car.order_id, {"insp": car.insp})
    body = {"device_id": phone.device_id, "seq": 1, "mid": poison["mid"], "raw": "{" * 50}
    for _time in range(2):
        answer = phone.request("POST", "/sync/park", json=body).json()
        assert (answer["ack_seq"], answer["ack_mid"]) == (1, poison["mid"])
    assert count(house, SyncReceipt) == 1
    assert phone.do("insp.start", car.order_id, {"insp": car.insp})["status"] == "applied"


def test_what_a_phone_lost_is_skipped_aloud(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    for _lost in range(3):
        phone.write("insp.start", car.order_id, {"insp": car.insp})
    body = {"device_id": phone.device_id, "from_seq": 1, "to_seq": 3}
    answer = phone.request("POST", "/sync/skip", json=body).json()
    assert (answer["ack_seq"], answer["ack_mid"]) == (3, "")
    assert phone.do("insp.start", car.order_id, {"insp": car.insp})["status"] == "applied"
    with house.database.reading() as db:
        assert "skipped" in db.scalars(select(SyncReceipt.code)).all()


def test_fault_row_31_a_wrong_clock_on_the_phone_changes_neither_order_nor_truth(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    ahead = (house.clock.now + timedelta(days=3)).isoformat()
    phone.push(phone.write("insp.item_set", car.order_id, pad(car), at_wall=ahead), offset_ms=-3 * 24 * 3600 * 1000)
    [found] = phone.doc(car.order_id)["inspections"][0]["findings"]
    assert found["taken_at"] == house.clock.now.isoformat()
    phone.push(phone.write("insp.item_set", car.order_id, pad(car, 1.5), at_wall=ahead), offset_ms=0)
    assert phone.doc(car.order_id)["inspections"][0]["findings"][0]["taken_at"] == house.clock.now.isoformat()
    with house.database.reading() as db:
        assert db.get_one(Device, UUID(phone.device_id)).clock_skew_ms == 0


def test_the_office_knows_what_a_phone_still_holds(house: House) -> None:
    phone = technician(house)
    floor(house, phone)
    since = house.clock.now - timedelta(hours=2)
    phone.push(pending={"mutations": 12, "blobs": 3, "oldest_at": since.isoformat()})
    with house.database.reading() as db:
        device = db.get_one(Device, UUID(phone.device_id))
        assert (device.pending_mutations, device.pending_blobs, device.oldest_pending_at) == (12, 3, since)


@pytest.mark.parametrize("body", [{}, {"mutations": {}}, {"mutations": [{}]}, {"mutations": [{"seq": 1, "mid": "x"}]}])
def test_a_request_that_cannot_be_read_is_refused_whole(house: House, body: dict[str, Any]) -> None:
    assert technician(house).request("POST", "/sync/push", json=body).status_code == 422
