"""Conflicts: no observation is discarded; money and promises change only by the office or the customer (offline.md §2.7)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop.add_on import AddOnStatus
from app.domain.workshop.work import WorkStatus
from app.models.base import new_id
from app.models.reception.order_line import OrderLine, WorkLog
from app.models.reception.repair_order import RepairOrder
from app.models.reception.vehicle import OdometerReading
from app.models.workshop.add_on import AddOn
from app.models.workshop.device import SyncReceipt
from app.models.workshop.inspection import Finding, FindingAlias, Reading
from tests.engines import both_engines
from tests.house import House
from tests.phones import Floor, Phone, floor, pad, technician


def change(house: House, thing: type[Any], thing_id: object, **facts: Any) -> None:
    with house.database.writing() as db:
        found = db.get_one(thing, UUID(str(thing_id)))
        for name, value in facts.items():
            setattr(found, name, value)


def the(house: House, thing: type[Any], thing_id: object) -> Any:
    with house.database.reading() as db:
        return db.get_one(thing, UUID(str(thing_id)))


def finding(phone: Phone, car: Floor) -> dict[str, Any]:
    [found] = phone.doc(car.order_id)["inspections"][0]["findings"]
    return found


def proposal(phone: Phone, car: Floor, finding_id: str, **facts: Any) -> dict[str, Any]:
    """Front pads, every related operation answered."""
    lists = {doc["key"]: doc["data"] for doc in phone.pull()["docs"]}
    pads = next(one for one in lists["list:operations"]["operations"] if one["id"] == "front_brake_pads_replace")
    answers = [{"operation_id": row["operation"], "answer": "not_needed"} for row in pads["related"]]
    return {"addon": str(new_id()), "finding": finding_id, "operation": "front_brake_pads_replace",
            "kind": "incidental", "related": answers, "text": "左前 1.6", **facts}


def proposed(house: House, phone: Phone, car: Floor, **facts: Any) -> tuple[str, dict[str, Any]]:
    """A finding with a photo and an add-on proposed on it; gives the add-on's id and the verdict."""
    found = pad(car)
    phone.do("insp.item_set", car.order_id, found)
    photo = {"photo": str(new_id()), "target": "finding", "target_id": found["finding"], "sha256": new_id().hex * 2,
             "width": 1600, "height": 1200, "taken_at": house.clock.now.isoformat(), "origin": "camera", "marks": []}
    assert phone.do("photo.attach", car.order_id, photo)["status"] == "applied"
    args = proposal(phone, car, found["finding"], **facts)
    return args["addon"], phone.do("addon.propose", car.order_id, args)


@both_engines
def test_c1_two_who_had_not_seen_each_other_are_both_kept_and_the_worse_is_shown(house: House) -> None:
    first, second = technician(house), technician(house)
    car = floor(house, first, second)
    first.do("insp.item_set", car.order_id, pad(car, 1.6))
    second.do("insp.item_set", car.order_id, pad(car, 6.0, "good"))
    found = finding(first, car)
    assert (found["grade"], found["value"], found["two_readings"]) == ("replace", 1.6, True)
    with house.database.reading() as db:
        assert sorted(db.scalars(select(Reading.value)).all()) == [1.6, 6.0]


def test_c2_who_had_seen_the_other_replaces_it(house: House) -> None:
    first, second = technician(house), technician(house)
    car = floor(house, first, second)
    first.do("insp.item_set", car.order_id, pad(car, 1.6))
    seen = second.pull()["rev"]
    second.do("insp.item_set", car.order_id, pad(car, 6.0, "good"), base_rev=seen)
    found = finding(first, car)
    assert (found["grade"], found["value"], found["two_readings"]) == ("good", 6.0, False)


def test_c3_the_same_grade_with_values_far_apart_is_flagged_and_a_little_apart_is_not(house: House) -> None:
    first, second = technician(house), technician(house)
    car = floor(house, first, second)
    first.do("insp.item_set", car.order_id, pad(car, 4.0, "watch"))
    second.do("insp.item_set", car.order_id, pad(car, 3.9, "watch"))
    assert finding(first, car)["two_readings"] is False
    first.do("insp.item_set", car.order_id, pad(car, 2.2, "watch"))
    assert finding(first, car)["two_readings"] is True


def test_c4_notes_are_only_ever_added_and_carry_their_author(house: House) -> None:
    first, second = technician(house), technician(house)
    car = floor(house, first, second)
    found = pad(car)
    first.do("insp.item_set", car.order_id, found)
    for phone, text in ((first, "rust"), (second, "no rust")):
        phone.do("insp.note_add", car.order_id, {"insp": car.insp, "finding": found["finding"], "note": str(new_id()),
                                                 "text": text})
    assert [note["text"] for note in finding(first, car)["notes"]] == ["rust", "no rust"]


def test_a_second_phones_id_for_the_same_place_is_another_name_of_the_finding(house: House) -> None:
    first, second = technician(house), technician(house)
    car = floor(house, first, second)
    ours, theirs = pad(car), pad(car)
    first.do("insp.item_set", car.order_id, ours)
    verdict = second.do("insp.item_set", car.order_id, theirs)
    assert verdict["result"]["finding"] == ours["finding"]
    second.do("insp.note_add", car.order_id, {"insp": car.insp, "finding": theirs["finding"], "note": str(new_id()),
                                              "text": "by the second name"})
    found = finding(first, car)
    assert (found["id"], [note["text"] for note in found["notes"]]) == (ours["finding"], ["by the second name"])
    assert the(house, FindingAlias, theirs["finding"])


@pytest.mark.parametrize("status", [OrderStatus.SETTLED, OrderStatus.DELIVERED, OrderStatus.CANCELLED])
def test_c6_c12_a_finding_for_a_closed_order_is_kept_and_the_order_stays_as_it_was(
    house: House, status: OrderStatus
) -> None:
    phone = technician(house)
    car = floor(house, phone)
    change(house, RepairOrder, car.order_id, status=status)
    totals = the(house, OrderLine, car.line_id).total_fen
    verdict = phone.do("insp.item_set", car.order_id, pad(car))
    assert (verdict["status"], verdict["code"]) == ("applied", "late")
    assert "关闭" in verdict["message"]
    assert finding(phone, car)["late"] is True
    assert the(house, RepairOrder, car.order_id).status == status
    assert the(house, OrderLine, car.line_id).total_fen == totals


def test_c12_no_work_starts_on_a_cancelled_order(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    change(house, RepairOrder, car.order_id, status=OrderStatus.CANCELLED)
    assert phone.do("job.start", car.order_id, {"line": car.line_id})["status"] == "rejected"
    assert the(house, OrderLine, car.line_id).work_status == WorkStatus.WAITING


def test_an_add_on_is_priced_and_worded_by_the_shop_at_once(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    add_on_id, verdict = proposed(house, phone, car)
    assert verdict["status"] == "applied", verdict
    line = the(house, AddOn, add_on_id)
    assert (line.status, line.urgency, line.payer) == (AddOnStatus.PROPOSED, "must", "customer")
    assert line.total_fen == line.list_total_fen > 0
    assert "1.6" in line.saw
    assert line.if_waits
    assert line.we_would_do
    doc = next(row for row in phone.doc(car.order_id)["lines"] if row["id"] == add_on_id)
    assert doc["startable"] is False
    assert doc["reason"]
    assert not any("fen" in key or "price" in key for row in (doc, *doc["parts"]) for key in row)


def test_ae_060_an_add_on_without_an_answer_on_related_work_or_without_a_photo_is_refused(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    _id, verdict = proposed(house, phone, car, related=[])
    assert verdict["status"] == "rejected"
    found = pad(car, position="FR")
    phone.do("insp.item_set", car.order_id, found)
    bare = phone.do("addon.propose", car.order_id, proposal(phone, car, found["finding"]))
    assert bare["status"] == "rejected"
    assert "照片" in bare["message"]


def test_c7_an_add_on_for_a_closed_order_is_kept_for_the_next_visit(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    change(house, RepairOrder, car.order_id, status=OrderStatus.DELIVERED)
    add_on_id, verdict = proposed(house, phone, car)
    assert (verdict["status"], verdict["code"]) == ("applied", "late")
    assert the(house, AddOn, add_on_id).status == AddOnStatus.DEFERRED


def test_c8_what_the_customer_agreed_to_stands_whatever_the_phone_says(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    add_on_id, _verdict = proposed(house, phone, car)
    change(house, AddOn, add_on_id, status=AddOnStatus.APPROVED, approved_fen=76_000)
    verdict = phone.do("addon.withdraw", car.order_id, {"addon": add_on_id, "reason": "undo"})
    assert verdict["status"] == "rejected"
    assert "客户" in verdict["message"]
    line = the(house, AddOn, add_on_id)
    assert (line.status, line.approved_fen, line.work_status) == (AddOnStatus.APPROVED, 76_000, WorkStatus.WAITING)


def test_c9_a_revision_after_the_yes_changes_neither_words_nor_price(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    add_on_id, _verdict = proposed(house, phone, car)
    change(house, AddOn, add_on_id, status=AddOnStatus.APPROVED, approved_fen=76_000)
    before = the(house, AddOn, add_on_id)
    verdict = phone.do("addon.revise", car.order_id, {"addon": add_on_id, "related": [], "text": "both sides"})
    assert verdict["status"] == "rejected"
    after = the(house, AddOn, add_on_id)
    assert (after.technical_text, after.total_fen) == (before.technical_text, before.total_fen)


def test_a_returned_add_on_goes_forward_again_when_it_is_revised(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    add_on_id, _verdict = proposed(house, phone, car)
    change(house, AddOn, add_on_id, status=AddOnStatus.RETURNED, return_reason="photo is dark")
    verdict = phone.do("addon.revise", car.order_id, {"addon": add_on_id, "related": [], "text": "new photo"})
    line = the(house, AddOn, add_on_id)
    assert (verdict["status"], line.status, line.technical_text) == ("applied", AddOnStatus.PROPOSED, "new photo")


def test_c10_the_same_work_proposed_twice_is_kept_twice_and_linked(house: House) -> None:
    first, second = technician(house), technician(house)
    car = floor(house, first, second)
    one, _verdict = proposed(house, first, car)
    two, verdict = proposed(house, second, car)
    assert (verdict["status"], verdict["code"]) == ("applied", "duplicate_work")
    assert str(the(house, AddOn, two).possible_duplicate_of_id) == one


def test_c11_who_was_taken_off_still_delivers_and_sees_whose_car_it_is_now(house: House) -> None:
    old, new = technician(house), technician(house)
    car = floor(house, old)
    before = old.pull()
    with house.database.writing() as db:
        order = db.get_one(RepairOrder, car.order_id)
        order.assignments[0].ended_at = house.clock.now
        from tests.phones import put_on

        put_on(db, order, new.staff_id)
    assert old.do("insp.item_set", car.order_id, pad(car))["status"] == "applied"
    after = old.pull(before["timeline"], before["rev"])
    assert after["gone"] == [f"ro:{car.order_id}"]
    [doc] = after["docs"]
    assert (doc["data"]["gone"], bool(doc["data"]["moved_to"])) == (True, True)
    assert finding(new, car)["taken_by"]["id"] == str(old.staff_id)


def test_c14_work_on_a_line_taken_off_is_written_down_and_shown(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    change(house, OrderLine, car.line_id, removed_at=house.clock.now, work_status=WorkStatus.REMOVED)
    verdict = phone.do("job.start", car.order_id, {"line": car.line_id})
    assert (verdict["status"], verdict["code"]) == ("applied", "removed_line")
    phone.do("job.finish", car.order_id, {"line": car.line_id})
    with house.database.reading() as db:
        assert db.scalars(select(WorkLog)).one().ended_at is not None


def test_c15_one_person_works_on_one_thing_the_earlier_clock_stops_where_the_later_begins(house: House) -> None:
    phone = technician(house)
    first, second = floor(house, phone), floor(house, phone)
    assert phone.do("job.start", first.order_id, {"line": first.line_id})["status"] == "applied"
    house.clock.advance(minutes=20)
    assert phone.do("job.start", second.order_id, {"line": second.line_id})["status"] == "applied"
    with house.database.reading() as db:
        earlier, later = db.scalars(select(WorkLog).order_by(WorkLog.started_at)).all()
        assert (earlier.ended_at, earlier.is_estimated, later.ended_at) == (later.started_at, True, None)
    assert the(house, OrderLine, first.line_id).work_status == WorkStatus.PAUSED


def test_c15_a_helper_may_work_beside_another(house: House) -> None:
    first, second = technician(house), technician(house)
    car = floor(house, first, second)
    for phone in (first, second):
        assert phone.do("job.start", car.order_id, {"line": car.line_id})["status"] == "applied"
    with house.database.reading() as db:
        assert len(db.scalars(select(WorkLog).where(WorkLog.ended_at.is_(None))).all()) == 2


def test_the_time_of_a_job_is_the_phones_own_counter_not_its_clock(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    phone.do("job.start", car.order_id, {"line": car.line_id}, at_mono_ms=1_000)
    house.clock.advance(hours=3)
    wrong = (house.clock.now - timedelta(days=400)).isoformat()
    phone.do("job.finish", car.order_id, {"line": car.line_id}, at_mono_ms=1_000 + 42 * 60_000, at_wall=wrong)
    doc = phone.doc(car.order_id)["lines"][0]
    assert (doc["work_status"], doc["spent_minutes"]) == ("done", 42)


def test_c16_a_step_the_shop_does_not_take_is_refused_with_a_sentence(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    verdict = phone.do("job.pause", car.order_id, {"line": car.line_id, "reason": "waiting for parts"})
    assert (verdict["status"], verdict["code"]) == ("rejected", "notallowed")
    assert verdict["message"]


def test_a_done_line_taken_up_again_is_the_undo_of_finishing_it(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    for type in ("job.start", "job.finish", "job.start", "job.finish"):
        assert phone.do(type, car.order_id, {"line": car.line_id})["status"] == "applied"
    assert phone.do("job.finish", car.order_id, {"line": car.line_id})["status"] == "superseded"
    assert phone.do("order.finish", car.order_id, {})["status"] == "applied"
    assert the(house, RepairOrder, car.order_id).status == OrderStatus.QUALITY_CHECK
    again = phone.do("job.start", car.order_id, {"line": car.line_id})
    assert again["status"] == "rejected", "the car is at the quality check"


def test_c17_a_finding_after_a_colleague_had_finished_is_marked(house: House) -> None:
    first, second = technician(house), technician(house)
    car = floor(house, first, second)
    first.do("insp.start", car.order_id, {"insp": car.insp})
    first.do("insp.complete", car.order_id, {"insp": car.insp})
    assert second.do("insp.complete", car.order_id, {"insp": car.insp})["status"] == "superseded"
    assert second.do("insp.item_set", car.order_id, pad(car))["status"] == "applied"
    assert finding(first, car)["late"] is True


def test_c18_a_point_this_list_does_not_have_is_kept_as_seen_never_mapped(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    verdict = phone.do("insp.item_set", car.order_id, pad(car, None, "watch", item="a_point_of_an_older_list"), tmpl_v=0)
    assert verdict["status"] == "applied"
    found = the(house, Finding, verdict["result"]["finding"])
    assert (found.is_off_template, found.point_id) == (True, "a_point_of_an_older_list")


def test_c19_an_odometer_that_shows_less_is_taken_and_flagged(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    assert "code" not in phone.do("odometer.set", car.order_id, {"km": 45_300})
    verdict = phone.do("odometer.set", car.order_id, {"km": 12_000})
    assert (verdict["status"], verdict["code"]) == ("applied", "lower_odometer")
    with house.database.reading() as db:
        assert sorted(db.scalars(select(OdometerReading.km)).all()) == [12_000, 45_300]


def test_c24_who_left_delivers_into_quarantine_for_fourteen_days(house: House) -> None:
    from app.models.office.staff import Staff

    phone = technician(house)
    car = floor(house, phone)
    change(house, Staff, phone.staff_id, left_at=house.clock.now)
    verdict = phone.do("insp.item_set", car.order_id, pad(car))
    assert (verdict["status"], verdict["code"]) == ("parked", "author_left")
    assert phone.pull()["docs"][0]["key"].startswith("list:")
    house.clock.advance(days=14)
    assert phone.send().status_code == 403


def test_an_undone_tap_leaves_its_reason_and_a_point_left_out_needs_one(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    phone.do("insp.item_set", car.order_id, pad(car))
    bare = phone.do("insp.item_set", car.order_id, pad(car, None, "not_checked"))
    assert bare["status"] == "rejected"
    phone.do("insp.item_set", car.order_id, pad(car, None, "not_checked", not_checked_reason="↺ 撤回"))
    found = finding(phone, car)
    assert (found["grade"], found["not_checked_reason"]) == ("not_checked", "↺ 撤回")


def test_one_look_grades_all_its_points_good(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    items = [{"finding": str(new_id()), "item": "wiper_front", "position": ""},
             {"finding": str(new_id()), "item": "horn", "position": ""}]
    assert phone.do("insp.look_set", car.order_id, {"insp": car.insp, "items": items, "look": "driver_seat"})["status"] \
        == "applied"
    assert {row["grade"] for row in phone.doc(car.order_id)["inspections"][0]["findings"]} == {"good"}


def test_a_finding_outside_the_list_has_its_title_zone_and_words(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    args = {"insp": car.insp, "finding": str(new_id()), "title": "𬱖牌后备厢异味", "zone": "interior_body",
            "rating": "watch", "text": "雨后更明显"}
    assert phone.do("finding.add", car.order_id, args)["status"] == "applied"
    found = finding(phone, car)
    assert (found["title"], found["zone"], found["point"]) == ("𬱖牌后备厢异味", "interior_body",
                                                               f"other:{args['finding']}")
    assert found["notes"][0]["text"] == "雨后更明显"


def test_the_gate_holds_for_phones_too(house: House) -> None:
    phone = technician(house)
    car = floor(house, phone)
    add_on_id, _verdict = proposed(house, phone, car)
    verdict = phone.do("job.start", car.order_id, {"line": add_on_id})
    assert verdict["status"] == "rejected"
    assert the(house, OrderLine, add_on_id).work_status == WorkStatus.WAITING
    with house.database.reading() as db:
        kept = db.get_one(SyncReceipt, UUID(verdict["mid"]))
        assert kept.payload["args"] == {"line": add_on_id}
