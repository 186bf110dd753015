"""The review on screen: another pair of eyes, plain words, every related operation answered."""

from uuid import UUID

import pytest

from app.domain.office.staff import Role
from app.domain.workshop.add_on import AddOnStatus
from app.models.workshop.add_on import AddOn
from tests.builders import NOON


def at(proposal, verb=""):
    return f"/approval/add-ons/{proposal}" + (f"/{verb}" if verb else "")


def test_the_reviewer_sees_photo_value_limit_and_its_source(advisor, proposal):
    page = advisor.get(at(proposal)).text
    for shown in ("1.8", "限值 2.0", "厂家常用值", "左前只剩 1.8 mm", "复核通过", '<ellipse class="ring"'):
        assert shown in page


@pytest.mark.rule("AE-056", "V-06")
def test_who_proposed_it_is_refused(proposer, proposal, line):
    assert "这是你提的" in proposer.get(at(proposal)).text
    assert proposer.post(at(proposal, "review")).status_code == 409
    assert line(proposal).status == AddOnStatus.PROPOSED


@pytest.mark.rule("AE-056")
def test_another_person_passes_it(advisor, proposal, line):
    assert advisor.post(at(proposal, "review")).status_code == 303
    assert (line(proposal).status, line(proposal).reviewed_by_id) == (AddOnStatus.REVIEWED, advisor.staff_id)


def test_passing_twice_is_refused(advisor, proposal):
    advisor.post(at(proposal, "review"))
    assert advisor.post(at(proposal, "review")).status_code == 409


@pytest.mark.rule("AE-060")
def test_with_one_related_operation_unanswered_it_does_not_pass(house, advisor, proposal, line):
    with house.database.writing() as db:
        kept = db.get_one(AddOn, proposal)
        kept.related_answers = kept.related_answers[1:]
    assert advisor.post(at(proposal, "review")).status_code == 409
    page = advisor.get(at(proposal)).text
    assert "还有 1 处要处理" in page
    assert "复核通过" not in page


@pytest.mark.rule("AE-060")
def test_an_answer_is_one_tap(advisor, proposal, line):
    answer = advisor.post(at(proposal, "related/brake_fluid_replace"), {"answer": "needed"})
    assert answer.status_code == 303
    assert {"operation_id": "brake_fluid_replace", "answer": "needed", "by": "苏婷"} in line(proposal).related_answers


def test_related_work_becomes_a_priced_line_that_somebody_else_reviews(house, advisor, proposal, line):
    answer = advisor.post(at(proposal, "related/brake_fluid_replace/add-on"))
    companion = line(UUID(answer.headers["location"].rsplit("/", 1)[1]))
    assert (companion.operation_id, companion.status) == ("brake_fluid_replace", AddOnStatus.PROPOSED)
    assert companion.total_fen > 0
    assert advisor.post(at(companion.id, "review")).status_code == 409
    assert advisor.post(at(proposal, "related/brake_fluid_replace/add-on")).status_code == 409


def jargon_of(house):
    from app.models.approval import review_queries
    from tests.builders import STORE_ID

    with house.database.reading() as db:
        return review_queries.word_lists(db, STORE_ID)


@pytest.mark.rule("AE-058", "R-CORE-19")
def test_jargon_is_marked_and_exchanged_by_one_tap(house, advisor, proposal, line):
    entry = jargon_of(house)[0][0]
    advisor.post(at(proposal, "words"), {"saw": f"响声来自{entry['term']}。"})
    page = advisor.get(at(proposal)).text
    assert f'">{entry["term"]}</mark>' in page
    answer = advisor.post(at(proposal, "replacement"),
                          {"field": "saw", "start": "4", "old": entry["term"], "new": entry["plain"]})
    assert answer.status_code == 303
    assert line(proposal).saw == f"响声来自{entry['plain']}。"


@pytest.mark.rule("R-CORE-19")
def test_an_exaggeration_that_is_forbidden_does_not_pass(advisor, proposal):
    advisor.post(at(proposal, "words"), {"if_waits": "再不换就没命了。"})
    assert 'data-kind="over"' in advisor.get(at(proposal)).text
    assert advisor.post(at(proposal, "review")).status_code == 409


def test_it_goes_back_with_a_reason_only(advisor, proposal, line):
    assert advisor.post(at(proposal, "return"), {"reason": " "}).status_code == 409
    assert advisor.post(at(proposal, "return"), {"reason": "右前补一张"}).status_code == 303
    assert (line(proposal).status, line(proposal).return_reason) == (AddOnStatus.RETURNED, "右前补一张")
    assert "右前补一张" in advisor.get(at(proposal)).text


def test_it_is_withdrawn_with_a_reason_only(advisor, proposal, line):
    assert advisor.post(at(proposal, "withdrawal"), {"reason": ""}).status_code == 409
    assert advisor.post(at(proposal, "withdrawal"), {"reason": "读错了"}).status_code == 303
    assert line(proposal).status == AddOnStatus.WITHDRAWN


@pytest.mark.rule("R-CORE-19")
def test_a_value_inside_its_limits_graded_bad_waits_for_the_inspector(house, advisor, proposal, line):
    with house.database.writing() as db:
        db.get_one(AddOn, proposal).finding.proposed_grade = "watch"
    assert "要质检员来看" in advisor.get(at(proposal)).text
    assert advisor.post(at(proposal, "review")).status_code == 409
    assert house.log_in(Role.QUALITY_INSPECTOR).post(at(proposal, "review")).status_code == 303


VERBS = ["words", "replacement", "related/brake_fluid_replace", "review", "return", "withdrawal"]


@pytest.mark.parametrize("verb", VERBS)
def test_strangers_wrong_roles_and_neighbours_change_nothing(house, proposal, line, verb):
    before = line(proposal)
    assert house.stranger().post(at(proposal, verb)).status_code == 303
    assert house.log_in(Role.TECHNICIAN).post(at(proposal, verb)).status_code == 403
    assert house.neighbour(Role.ADVISOR).post(at(proposal, verb)).status_code == 404
    after = line(proposal)
    assert (after.status, after.saw, after.related_answers) == (before.status, before.saw, before.related_answers)


def test_strangers_wrong_roles_and_neighbours_see_nothing(house, proposal):
    assert house.stranger().get(at(proposal)).headers["location"].startswith("/login")
    assert house.log_in(Role.CASHIER).get(at(proposal)).status_code == 403
    assert house.neighbour(Role.ADVISOR).get(at(proposal)).status_code == 404


def test_a_form_without_its_token_is_refused(house, advisor, proposal, line):
    forged = {**advisor.headers, "x-csrf-token": "wrong"}
    assert house.stranger().post(at(proposal, "review"), headers=forged).status_code == 403
    assert line(proposal).reviewed_at in (None, NOON)
    assert line(proposal).status == AddOnStatus.PROPOSED
