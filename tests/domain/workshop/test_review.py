"""The second person: evidence before words, words before the customer, never one's own proposal."""

from datetime import timedelta

import pytest

from app.domain.errors import NotAllowed
from app.domain.workshop import add_on as rules
from app.domain.workshop import review
from app.domain.workshop.add_on import AddOnStatus
from app.domain.workshop.inspection import Grade
from tests import builders
from tests.builders import ADVISOR, INSPECTOR, NOON, TECHNICIAN


def worn(**facts):
    finding = builders.finding(**{"grade": Grade.REPLACE, "value": 2.4, "proposed_grade": Grade.REPLACE, **facts})
    add_on = builders.add_on(repair_order=finding.inspection.repair_order, finding=finding)
    return finding, add_on


@pytest.mark.rule("AE-056", "V-06")
def test_who_proposed_it_may_not_review_it():
    with pytest.raises(NotAllowed, match="Another person"):
        rules.approve_review(builders.add_on(), by=TECHNICIAN, at=NOON)


@pytest.mark.rule("AE-056")
def test_a_second_person_may():
    add_on = builders.add_on()
    rules.approve_review(add_on, by=ADVISOR, at=NOON)
    assert (add_on.status, add_on.reviewed_by_id) == (AddOnStatus.REVIEWED, ADVISOR.id)
    assert [line.event for line in add_on.fresh_lines] == ["add_on.reviewed"]


@pytest.mark.rule("R-CORE-18")
def test_replace_now_needs_a_photo_of_this_car():
    _finding, add_on = worn()
    with pytest.raises(NotAllowed, match="photo of this car"):
        rules.approve_review(add_on, by=ADVISOR, at=NOON)


@pytest.mark.rule("R-CORE-18")
def test_replace_now_needs_the_measured_value():
    finding, add_on = worn(value=None)
    finding.photos.append(builders.photo(finding))
    with pytest.raises(NotAllowed, match="measured value"):
        rules.approve_review(add_on, by=ADVISOR, at=NOON)


@pytest.mark.rule("R-CORE-18")
def test_with_photo_and_value_it_passes():
    finding, add_on = worn()
    finding.photos.append(builders.photo(finding))
    rules.approve_review(add_on, by=ADVISOR, at=NOON)
    assert add_on.status == AddOnStatus.REVIEWED


@pytest.mark.rule("R-CORE-19")
def test_a_good_value_graded_bad_needs_the_quality_inspector():
    finding, add_on = worn(value=4.5, proposed_grade=Grade.WATCH)
    finding.photos.append(builders.photo(finding))
    with pytest.raises(NotAllowed, match="quality inspector"):
        rules.approve_review(add_on, by=ADVISOR, at=NOON)
    rules.approve_review(add_on, by=INSPECTOR, at=NOON, is_inspector=True)
    assert add_on.status == AddOnStatus.REVIEWED


@pytest.mark.rule("AE-058", "R-CORE-20")
@pytest.mark.parametrize("field", ["saw", "if_waits", "we_would_do"])
def test_without_all_three_sentences_it_does_not_pass(field):
    with pytest.raises(NotAllowed, match="three sentences"):
        rules.approve_review(builders.add_on(**{field: "  "}), by=ADVISOR, at=NOON)


def brakes(count):
    order = builders.repair_order()
    return [builders.add_on(repair_order=order, proposed_at=NOON + timedelta(minutes=minute)) for minute in range(count)]


@pytest.mark.rule("AE-070")
def test_a_second_proposal_on_one_system_is_counted_and_may_pass():
    _first, second = brakes(2)
    assert review.time_on_system(second) == 2
    rules.approve_review(second, by=ADVISOR, at=NOON)
    assert second.status == AddOnStatus.REVIEWED


@pytest.mark.rule("AE-070")
def test_the_third_needs_the_supervisors_release():
    *_others, third = brakes(3)
    with pytest.raises(NotAllowed, match="supervisor"):
        rules.approve_review(third, by=ADVISOR, at=NOON)
    rules.approve_review(third, by=INSPECTOR, at=NOON, is_supervisor=True)
    assert third.status == AddOnStatus.REVIEWED


@pytest.mark.rule("AE-070")
def test_a_withdrawn_proposal_does_not_count():
    first, second = brakes(2)
    first.status = AddOnStatus.WITHDRAWN
    assert review.time_on_system(second) == 1


def test_reviewed_words_are_not_changed_behind_the_reviewers_back():
    with pytest.raises(NotAllowed, match="Send it back"):
        rules.reword(builders.add_on(status=AddOnStatus.REVIEWED), saw="a", if_waits="b", we_would_do="c",
                     urgency="must", by=ADVISOR, at=NOON)


def test_the_words_are_put_plainly_while_it_waits_for_review():
    add_on = builders.add_on()
    rules.reword(add_on, saw=" 左前只剩 2.4 毫米 ", if_waits="伤盘", we_would_do="换片", urgency="must", by=ADVISOR, at=NOON)
    assert (add_on.saw, add_on.urgency) == ("左前只剩 2.4 毫米", "must")


@pytest.mark.rule("AE-060")
def test_a_related_operation_stays_open_until_it_is_answered():
    add_on = builders.add_on(related_answers=[])
    assert review.unanswered(["brake_fluid_replace"], add_on) == ["brake_fluid_replace"]
    rules.answer_related(add_on, "brake_fluid_replace", "checked_ok", by=ADVISOR, at=NOON)
    assert review.unanswered(["brake_fluid_replace"], add_on) == []


@pytest.mark.rule("AE-060")
def test_an_answer_is_one_of_four():
    with pytest.raises(NotAllowed, match="needs an answer"):
        rules.answer_related(builders.add_on(), "brake_fluid_replace", "maybe", by=ADVISOR, at=NOON)


def test_a_later_answer_replaces_the_earlier_one():
    add_on = builders.add_on(related_answers=[])
    for answer in ("not_needed", "needed"):
        rules.answer_related(add_on, "brake_fluid_replace", answer, by=ADVISOR, at=NOON)
    assert [row["answer"] for row in add_on.related_answers] == ["needed"]


@pytest.mark.parametrize("verb", [rules.send_back, rules.withdraw])
def test_sending_back_and_withdrawing_need_a_reason(verb):
    with pytest.raises(NotAllowed, match="Say"):
        verb(builders.add_on(), reason=" ", by=ADVISOR, at=NOON)


@pytest.mark.rule("R-CORE-19")
def test_the_same_work_put_off_before_or_done_lately_is_shown():
    add_on = builders.add_on()
    put_off = builders.add_on(status=AddOnStatus.DEFERRED)
    done = builders.order_line(operation_id=add_on.operation_id, done_at=NOON - timedelta(days=30))
    old = builders.order_line(operation_id=add_on.operation_id, done_at=NOON - timedelta(days=300))
    for line in (put_off, done, old):
        line.repair_order_id = line.repair_order.id
    found = review.doubles(add_on, [put_off, done, old], at=NOON)
    assert [(kind, line) for kind, line in found] == [("put_off", put_off), ("done_recently", done)]
