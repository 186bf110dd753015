"""The estimate at the desk: priced, frozen, given to the customer, watched, taken back."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.approval.estimate import EstimateStatus
from app.domain.office.staff import Role
from app.domain.workshop.add_on import AddOnStatus
from app.models.approval.approval import LineQuestion
from app.models.approval.capability_link import CapabilityLink
from app.models.approval.estimate import Estimate
from app.models.office.document import Document
from app.models.office.message import Message
from app.models.reception.repair_order import RepairOrder
from app.models.workshop.add_on import AddOn
from app.security import sha256
from tests.builders import NOON, STORE_ID


@pytest.fixture
def rows(house) -> Any:
    """`rows(Message)`: all kept rows of a class."""
    def read(model: Any) -> list[Any]:
        with house.database.reading() as db:
            return list(db.scalars(select(model)))
    return read


def page(sent, tail=""):
    return f"/approval/estimates/{sent.order_id}" + (f"/{tail}" if tail else "")


def reopen(advisor, sent):
    """Take the first line back."""
    return advisor.post(f"/approval/add-ons/{sent.line_ids[0]}/reopening")


def price(advisor, sent, **form):
    return advisor.post(f"/approval/add-ons/{sent.line_ids[0]}/price",
                        {"hours": "1.2", "discount": "0", "payer": "customer", "reason": "", **form})


def test_the_page_adds_up_signed_asked_and_together(advisor, sent):
    shown = advisor.get(page(sent)).text
    for figure in ("90.00", "+ 2,298.00", "2,388.00", "16:00", "17:25"):
        assert figure in shown


@pytest.mark.rule("AE-066")
def test_a_line_that_is_out_is_not_changed_in_place(advisor, sent):
    assert price(advisor, sent, hours="1.5", reason="螺栓锈死").status_code == 409


def test_a_price_other_than_the_catalogues_needs_its_reason(advisor, sent, line):
    reopen(advisor, sent)
    with_list_price(advisor, sent)
    assert price(advisor, sent, hours="1.5").status_code == 422
    assert price(advisor, sent, hours="1.5", reason="螺栓锈死").status_code == 303
    assert (line(sent.line_ids[0]).hours_x100, line(sent.line_ids[0]).price_reason) == (150, "螺栓锈死")


def with_list_price(advisor, sent):
    """Nothing changes: the price as it stands, with its reason."""
    assert price(advisor, sent, reason="挂牌").status_code == 303


def test_an_advisor_may_not_take_off_more_than_the_role_allows(house, advisor, sent, line):
    reopen(advisor, sent)
    refused = price(advisor, sent, discount="100.00", reason="老客户")
    assert refused.status_code == 422
    assert "31.20" in refused.text
    director = house.log_in(Role.SERVICE_DIRECTOR)
    assert price(director, sent, discount="100.00", reason="老客户").status_code == 303
    assert line(sent.line_ids[0]).discount_fen == 10_000


def test_a_number_nobody_can_read_is_asked_for_again(advisor, sent):
    reopen(advisor, sent)
    assert price(advisor, sent, hours="一点二").status_code == 422


def test_a_new_version_needs_the_reason_of_the_change(house, advisor, sent, rows):
    reopen(advisor, sent)
    assert advisor.post(page(sent, "versions"), {"reason": ""}).status_code == 409
    assert advisor.post(page(sent, "versions"), {"reason": "改同质配件"}).status_code == 303
    with house.database.reading() as db:
        estimate = db.get_one(Estimate, sent.estimate_id)
        assert [version.version_no for version in estimate.versions] == [1, 2]
        assert {line.add_on_id for line in estimate.current.lines} == set(sent.line_ids)
    assert [row.kind for row in rows(Document)] == ["quotation"]


def test_sending_pressed_twice_makes_one_version(house, advisor, sent):
    reopen(advisor, sent)
    for _press in range(2):
        assert advisor.post(page(sent, "versions"), {"reason": "改同质配件"}).status_code == 303
    with house.database.reading() as db:
        assert len(db.get_one(Estimate, sent.estimate_id).versions) == 2


def test_what_ran_out_unanswered_is_sent_anew(house, advisor, sent):
    house.clock.advance(hours=5)
    advisor.post(page(sent, "promise"), {"time": "2026-03-03T21:00"})
    assert "冻结并发送" in advisor.get(page(sent)).text
    assert advisor.post(page(sent, "versions"), {"reason": "上一版过期"}).status_code == 303


def test_who_may_not_send_is_not_offered_to(house, sent):
    inspector = house.log_in(Role.QUALITY_INSPECTOR)
    assert "确定撤回" not in inspector.get(page(sent, "live")).text
    assert 'name="until"' not in inspector.get(page(sent)).text


def test_while_a_line_is_being_changed_the_customer_is_told_and_nothing_is_lost(advisor, sent, line):
    reopen(advisor, sent)
    assert line(sent.line_ids[0]).status == AddOnStatus.REVIEWED
    assert "第 2 版 草稿" in advisor.get(page(sent)).text


def test_a_line_with_missing_evidence_stops_the_sending(house, advisor, sent):
    reopen(advisor, sent)
    with house.database.writing() as db:
        db.get_one(AddOn, sent.line_ids[0]).finding.value = None
        db.get_one(AddOn, sent.line_ids[0]).finding.photos[0].detached_at = NOON
    assert advisor.post(page(sent, "versions"), {"reason": "x"}).status_code == 409
    assert "缺照片或量值" in advisor.get(page(sent)).text


def test_after_the_promised_time_a_new_one_is_agreed_first(house, advisor, sent):
    reopen(advisor, sent)
    house.clock.advance(hours=5)
    assert advisor.post(page(sent, "versions"), {"reason": "x"}).status_code == 409
    assert advisor.post(page(sent, "promise"), {"time": "2026-03-03T19:30"}).status_code == 303
    with house.database.reading() as db:
        assert db.get_one(RepairOrder, sent.order_id).promised_at == NOON + timedelta(hours=7, minutes=30)
    assert advisor.post(page(sent, "versions"), {"reason": "x"}).status_code == 303


def test_the_advisor_chooses_until_when_it_is_open(house, advisor, sent):
    until = NOON + timedelta(hours=1)
    assert advisor.post(page(sent, "validity"), {"until": until.isoformat()}).status_code == 303
    assert advisor.post(page(sent, "validity"), {"until": NOON.isoformat()}).status_code == 409
    assert advisor.post(page(sent, "validity"), {"until": "gleich"}).status_code == 422
    reopen(advisor, sent)
    advisor.post(page(sent, "versions"), {"reason": "x"})
    with house.database.reading() as db:
        assert db.get_one(Estimate, sent.estimate_id).current.valid_until == until


@pytest.mark.rule("S-02", "S-03")
@pytest.mark.parametrize("channel", ["qr", "copy"])
def test_a_link_is_shown_once_and_only_its_hash_is_kept(advisor, sent, rows, channel):
    shown = advisor.post(page(sent, "links"), {"channel": channel})
    token = re.search(r"/a/([\w-]+)\"", shown.text)[1]
    assert ('class="qr"' in shown.text and "<svg" in shown.text) or channel == "copy"
    kept = [row for row in rows(CapabilityLink) if row.channel == channel]
    assert kept[-1].token_sha256 == sha256(token)
    assert token not in json.dumps([row.token_sha256 for row in rows(CapabilityLink)])
    assert token not in advisor.get(page(sent, "sending")).text


def test_a_way_nobody_knows_makes_no_link(advisor, sent):
    assert advisor.post(page(sent, "links"), {"channel": "pigeon"}).status_code == 422


@pytest.mark.rule("S-06")
def test_a_link_to_the_wrong_number_is_killed(advisor, sent, rows):
    assert advisor.post(f"/approval/links/{sent.link_id}/revocation", {"reason": "发错了号码"}).status_code == 303
    assert rows(CapabilityLink)[0].revoked_at == NOON
    assert advisor.post(f"/approval/links/{sent.link_id}/revocation", {"reason": "again"}).status_code == 409


def test_a_channel_that_is_not_set_up_sends_nothing(advisor, sent, rows):
    assert advisor.post(page(sent, "messages"), {"channel": "webhook"}).status_code == 409
    assert rows(Message) == []


def ask(house, sent):
    with house.database.writing() as db:
        question = LineQuestion(store_id=STORE_ID, estimate_id=sent.estimate_id, add_on_id=sent.line_ids[0],
                                asked_at=NOON, text="这个不换能撑到过年吗？")
        db.add(question)
    return question.id


@pytest.mark.rule("AE-074")
def test_a_question_is_answered_on_the_same_page(house, advisor, sent, rows):
    question_id = ask(house, sent)
    assert "这个不换能撑到过年吗？" in advisor.get(page(sent, "live")).text
    answer = advisor.post(f"/approval/questions/{question_id}/answer", {"answer": "跑长途不建议。"})
    assert answer.status_code == 303
    assert rows(LineQuestion)[0].answer == "跑长途不建议。"
    assert "跑长途不建议。" in advisor.get(page(sent, "live")).text
    assert advisor.post(f"/approval/questions/{question_id}/answer", {"answer": "可以"}).status_code == 409


def test_the_desk_sees_each_choice_before_the_signature(house, advisor, sent):
    from app.models.approval.capability_link import SignSession

    with house.database.writing() as db:
        db.add(SignSession(store_id=STORE_ID, link_id=sent.link_id, cookie_sha256="c" * 64, opened_at=NOON, seen_at=NOON,
                           expires_at=NOON + timedelta(hours=2), last4_ok_at=NOON, shown_version_id=sent.version_id,
                           draft={"answers": {str(sent.line_ids[2]): {"choice": "yes"},
                                              str(sent.line_ids[1]): {"choice": "later", "day": "2026-12-10"}}}))
    shown = advisor.get(page(sent, "live")).text
    for words in ("客户正在看", "定了 2 / 3", "174.00", "2026-12-10", "选了，还没签字"):
        assert words in shown


def test_withdrawing_needs_a_reason_and_frees_the_lines(house, advisor, sent, line):
    assert advisor.post(page(sent, "withdrawal"), {"reason": ""}).status_code == 409
    assert advisor.post(page(sent, "withdrawal"), {"reason": "客户先走了"}).status_code == 303
    with house.database.reading() as db:
        assert db.get_one(Estimate, sent.estimate_id).status == EstimateStatus.WITHDRAWN
    assert line(sent.line_ids[0]).status == AddOnStatus.REVIEWED
    assert advisor.post(page(sent, "versions"), {}).status_code == 303  # a new round


def test_what_the_customer_put_off_may_be_asked_once_more(house, advisor, sent, line):
    with house.database.writing() as db:
        db.get_one(Estimate, sent.estimate_id).status = EstimateStatus.DECIDED
        for line_id in sent.line_ids:
            db.get_one(AddOn, line_id).status = AddOnStatus.DECLINED
    assert advisor.post(page(sent, "versions"), {}).status_code == 409
    assert advisor.post(page(sent, "versions"), {f"again-{sent.line_ids[0]}": "on"}).status_code == 303
    assert [line(one).status for one in sent.line_ids] == [AddOnStatus.PRESENTED, AddOnStatus.DECLINED,
                                                           AddOnStatus.DECLINED]


PAGES = ["", "sending", "live"]
CHANGES = ["versions", "links", "messages", "withdrawal", "validity", "promise"]


@pytest.mark.parametrize("tail", PAGES)
def test_strangers_wrong_roles_and_neighbours_see_nothing(house, sent, tail):
    assert house.stranger().get(page(sent, tail)).status_code == 303
    assert house.log_in(Role.TECHNICIAN).get(page(sent, tail)).status_code == 403
    assert house.neighbour(Role.ADVISOR).get(page(sent, tail)).status_code == 404


@pytest.mark.parametrize("tail", CHANGES)
def test_strangers_wrong_roles_and_neighbours_change_nothing(house, sent, tail):
    assert house.stranger().post(page(sent, tail)).status_code == 303
    assert house.log_in(Role.QUALITY_INSPECTOR).post(page(sent, tail)).status_code == 403
    assert house.neighbour(Role.ADVISOR).post(page(sent, tail), {"channel": "qr"}).status_code == 404
    with house.database.reading() as db:
        assert len(db.get_one(Estimate, sent.estimate_id).versions) == 1


def test_a_neighbour_answers_no_question_and_kills_no_link(house, sent):
    question_id = ask(house, sent)
    neighbour = house.neighbour(Role.ADVISOR)
    assert neighbour.post(f"/approval/questions/{question_id}/answer", {"answer": "x"}).status_code == 404
    assert neighbour.post(f"/approval/links/{sent.link_id}/revocation", {"reason": "x"}).status_code == 404


