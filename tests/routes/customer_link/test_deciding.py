"""Choices, review, signature: one act on exactly what was shown."""

import re
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from app.domain.errors import NotAllowed
from app.domain.office.staff import Role
from app.domain.workshop.add_on import AddOnStatus
from app.domain.workshop.work import refuse_without_consent
from app.models.approval.approval import Approval, ApprovalLine, ApprovalPerson, LineQuestion
from app.models.approval.capability_link import CapabilityLink, SignSession
from app.models.approval.estimate import Estimate, EstimateVersion
from app.models.care.follow_up import FollowUp
from app.models.history_line import HistoryLine
from app.models.office.document import Document
from app.models.reception.customer import Customer
from app.models.reception.repair_order import RepairOrder
from app.models.workshop.add_on import AddOn
from app.routes.sync.order_doc import why_not
from tests.engines import both_engines
from tests.estimates import change, send
from tests.house import Statements
from tests.routes.customer_link.phone import Phone, hidden, strokes

JSON = {"accept": "application/json"}


def add_ons(house, sent):
    with house.database.reading() as db:
        found = [db.get_one(AddOn, line_id) for line_id in sent.line_ids]
        assert all(one.repair_order.number for one in found)
        return found


@both_engines
@pytest.mark.rule("E01")
def test_one_yes_one_no_one_later_are_kept_as_one_act(house, phone, sent, rows):
    phone.enter()
    phone.choose("yes", "no", "later", why2="price", day3="2026-05-02", km3="50,210")
    assert phone.decide().json() == {"next": "/a/s"}
    (approval,) = rows(Approval)
    assert (approval.approved_fen, approval.total_after_fen, approval.level, approval.channel) == (89_600, 98_600, "L2", "link")
    assert approval.number.startswith("ZX20260303-")
    assert len(approval.decision_sha256) == 64
    lines = sorted(rows(ApprovalLine), key=lambda line: line.position)
    assert [(line.decision, line.reason_code, line.defer_until_km) for line in lines] == [
        ("approved", "", None), ("declined", "price", None), ("deferred", "", 50_210)]
    assert [one.status for one in add_ons(house, sent)] == ["approved", "declined", "deferred"]
    assert [one.approved_fen for one in add_ons(house, sent)] == [89_600, None, None]
    assert sorted(call.add_on_id for call in rows(FollowUp)) == sorted(sent.line_ids[1:])
    assert [paper.kind for paper in rows(Document)] == ["add_on_approval"]
    (order,) = rows(RepairOrder)
    assert order.promised_at == approval.promised_after
    (person,) = rows(ApprovalPerson)
    assert (person.signer_name, person.signer_relation, person.phone) == ("沈雨桐", "owner", "13812346021")
    assert person.signature_svg.startswith("<svg")
    assert person.signature_facts["strokes"] == 3
    assert "estimate.decided" in {line.event for line in rows(HistoryLine)}
    page = phone.get().text
    assert "已确认，我们开始施工" in page
    assert approval.number in page
    assert "¥986.00" in page


@pytest.mark.rule("E02", "S-16")
def test_a_price_raised_while_reading_asks_again_only_for_that_line(house, phone, sent, rows):
    phone.enter()
    phone.choose("yes", "later", "yes")
    sheet = phone.sheet()
    house.clock.advance(minutes=5)
    with house.database.writing() as db:
        change(db, sent, at=house.clock(), labour_fen=25_000, total_fen=93_000)
    answer = phone.decide(sheet)
    assert answer.status_code == 409
    assert answer.json()["go"]
    assert "第 2 版" in answer.json()["error"]
    assert rows(Approval) == []
    assert rows(ApprovalPerson) == []
    page = phone.get().text
    assert "您看的时候，报价更新了" in page
    assert "¥896.00" in page
    assert "¥930.00" in page
    assert "原来那款只剩 1 条" in page
    assert page.count("您选了：") == 2
    assert 'name="line1"' in page
    assert 'name="line2"' not in page
    assert phone.get("/a/s/sign").headers["location"] == "/a/s"
    assert phone.post("/a/s/review", {"version_id": hidden(page, "version_id"), "line1": "no", "aware1": "on"}).status_code == 303
    assert phone.decide().status_code == 201
    assert [one.status for one in add_ons(house, sent)] == ["declined", "deferred", "approved"]


def test_without_a_script_a_stale_signature_is_answered_with_the_differences(house, phone, sent):
    phone.enter()
    phone.choose("yes", "later", "yes")
    sheet = phone.sheet()
    with house.database.writing() as db:
        change(db, sent, at=house.clock(), total_fen=93_000)
    answer = phone.post("/a/s/decide", {**sheet, "strokes": strokes(), "canvas": "600x300"})
    assert answer.status_code == 409
    assert "您看的时候，报价更新了" in answer.text


def test_choices_of_an_older_page_are_not_kept_for_a_newer_version(house, phone, sent, rows):
    phone.enter()
    old = hidden(phone.get().text, "version_id")
    with house.database.writing() as db:
        change(db, sent, at=house.clock(), total_fen=93_000)
    answer = phone.post("/a/s/review", {"version_id": old, "line1": "yes"})
    assert answer.status_code == 409
    assert rows(SignSession)[0].draft == {}


@pytest.mark.rule("E03")
def test_after_the_signature_the_page_shows_the_result_and_nothing_to_sign(house, phone, sent):
    phone.enter()
    phone.choose("yes", "yes", "yes")
    phone.decide()
    assert phone.get("/a/s/sign").headers["location"] == "/a/s"
    assert 'value="yes"' not in phone.get().text
    assert "已确认" in Phone(house, sent).enter().get().text


@pytest.mark.rule("E06", "S-05")
def test_too_late_by_a_second_is_too_late(house, phone, sent, rows):
    phone.enter()
    phone.choose("yes", "yes", "yes")
    sheet = phone.sheet()
    with house.database.reading() as db:
        end = db.get_one(EstimateVersion, sent.version_id).valid_until
    with house.database.writing() as db:
        session = db.scalars(select(SignSession)).one()
        session.seen_at = session.opened_at = end - timedelta(minutes=1)
        session.expires_at = end + timedelta(hours=1)
    house.clock.now = end
    answer = phone.decide(sheet)
    assert answer.status_code == 410
    assert "没有施工" in answer.json()["error"]
    assert rows(Approval) == []
    assert "capability_link.refused" in {line.event for line in rows(HistoryLine)}
    page = phone.get()
    assert page.status_code == 410
    assert "这份报价过期了" in page.text
    assert phone.post("/a/s/renewal").status_code == 200
    assert "capability_link.new_one_wanted" in {line.event for line in rows(HistoryLine)}


@pytest.mark.rule("S-17", "E15")
def test_a_double_tap_is_one_approval(phone, rows):
    phone.enter()
    phone.choose("yes", "yes", "yes")
    sheet = phone.sheet()
    assert [phone.decide(sheet).status_code for _ in range(3)] == [201, 200, 200]
    assert len(rows(Approval)) == 1


@both_engines
@pytest.mark.rule("S-17", "S-18", "E15")
def test_twenty_taps_on_two_phones_at_once_are_one_approval(house, phone, sent, rows):
    phones = [phone.enter(), Phone(house, sent).enter()]
    for one in phones:
        one.choose("yes", "no", "later", why2="price")
    sheets = [one.sheet() for one in phones]
    forms = [{"_csrf": one.csrf(), **sheet, "strokes": strokes(), "canvas": "600x300"}
             for one, sheet in zip(phones, sheets, strict=True)]
    answers: list[tuple[int, str]] = []

    def tap(n: int) -> None:
        headers = {"cookie": phones[n % 2].cookie, **JSON}
        answer = house.client.post("/a/s/decide", data=forms[n % 2], headers=headers)
        answers.append((answer.status_code, answer.text))

    taps = [threading.Thread(target=tap, args=(n,)) for n in range(20)]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert sorted(status for status, _ in answers) == [200] * 19 + [201]
    assert {text for _, text in answers} == {'{"next":"/a/s"}'}
    assert len(rows(Approval)) == 1
    assert len(rows(ApprovalLine)) == 3
    assert len(rows(FollowUp)) == 2


@pytest.mark.rule("S-16")
@pytest.mark.parametrize(("field", "status"), [("content_sha256", 409), ("choices_sha256", 409), ("version_id", 422)])
def test_a_page_that_was_tampered_with_decides_nothing(phone, rows, field, status):
    phone.enter()
    phone.choose("yes", "yes", "yes")
    assert phone.decide(**{field: "0" * 64}).status_code == status
    assert rows(Approval) == []


@pytest.mark.rule("S-16", "E15")
def test_choices_changed_in_another_window_are_not_signed_unseen(phone, rows):
    phone.enter()
    phone.choose("no", "no", "no", aware1="on")
    sheet = phone.sheet()
    phone.choose("yes", "yes", "yes")
    answer = phone.decide(sheet)
    assert answer.status_code == 409
    assert "另一个窗口" in answer.json()["error"]
    assert rows(Approval) == []


@pytest.mark.rule("E13")
def test_content_edited_in_the_database_is_not_signed(house, phone, sent, rows):
    phone.enter()
    phone.choose("yes", "yes", "yes")
    sheet = phone.sheet()
    with house.database.writing() as db:
        db.execute(text("DROP TRIGGER estimate_version_no_UPDATE"))
        db.execute(text("UPDATE estimate_version SET payload = replace(payload, '更换空调滤芯', '更换空调压缩机')"))
    assert phone.decide(sheet).status_code == 422
    assert rows(Approval) == []


@pytest.mark.rule("S-22")
@pytest.mark.parametrize("ink", ["", "[]", "x" * 200_001, '[{"points":[{"x":NaN,"y":1,"time":1}]}]', strokes(pause=1),
                                 '[{"points":[{"x":1,"y":1,"time":1}]}]', "<svg onload=alert(1)>"])
def test_what_no_hand_wrote_is_refused_and_the_choices_stay(phone, rows, ink):
    phone.enter()
    phone.choose("yes", "yes", "yes")
    answer = phone.decide(strokes=ink)
    assert answer.status_code == 422
    assert not answer.json()["go"]
    assert "签名" in answer.json()["error"]
    assert rows(Approval) == []
    assert phone.decide().status_code == 201


@pytest.mark.rule("S-26", "E10")
def test_somebody_of_the_shop_may_look_but_not_decide(house, phone, rows):
    phone.enter()
    phone.choose("yes", "yes", "yes")
    staff = house.log_in(Role.ADVISOR, name="李婷").headers["cookie"]
    page = phone.get(headers={"staff-cookie": staff})
    assert page.status_code == 200
    assert "李婷" in page.text
    assert "预览" in page.text
    answer = phone.post("/a/s/decide", {**phone.sheet(), "strokes": strokes(), "canvas": "600x300"},
                        headers={**JSON, "staff-cookie": staff})
    assert answer.status_code == 403
    assert rows(Approval) == []
    assert [line for line in rows(HistoryLine) if line.event == "capability_link.refused"]
    assert phone.decide().status_code == 201


def test_an_undecided_line_keeps_the_signature_away(phone, rows):
    phone.enter()
    phone.choose("yes", "", "later")
    page = phone.get("/a/s/review").text
    assert "还没有选的" in page
    assert "还不能签字" in page
    assert "/a/s/sign" not in page
    assert phone.get("/a/s/sign").headers["location"] == "/a/s/review"


def test_leaving_a_safety_item_takes_its_own_tick_and_nothing_more(phone, rows):
    phone.enter()
    phone.choose("no", "later", "later")
    assert "与安全有关" in phone.get("/a/s/review").text
    phone.choose("no", "later", "later", aware1="on")
    assert phone.decide().status_code == 201
    assert rows(ApprovalLine)[0].safety_acknowledged is True
    assert "我们只做原来约定的内容" in phone.get().text


@pytest.mark.rule("E04")
def test_a_bundle_is_agreed_whole_or_not_at_all(house, rows):
    from tests.estimates import LINES

    facts = [{**row, "bundle": "front", "bundle_reason": "同一次拆装"} for row in LINES[:2]]
    with house.database.writing() as db:
        sent = send(db, house.app.state.files, facts=facts)
    phone = Phone(house, sent).enter()
    phone.choose("yes", "later")
    assert "同一次拆装" in phone.get("/a/s/review").text
    assert "还不能签字" in phone.get("/a/s/review").text
    phone.choose("yes", "yes")
    assert phone.decide().status_code == 201
    assert len(rows(Approval)) == 1


@pytest.mark.rule("AE-074")
def test_a_question_goes_to_the_advisor_and_its_answer_appears_at_the_line(house, phone, sent, rows):
    phone.enter()
    phone.choose("ask", "later", "yes", ask1="能用副厂的吗？")
    phone.choose("ask", "later", "yes", ask1="能用副厂的吗？")
    (question,) = rows(LineQuestion)
    assert (question.add_on_id, question.text) == (sent.line_ids[0], "能用副厂的吗？")
    assert "还不能签字" in phone.get("/a/s/review").text
    with house.database.writing() as db:
        db.get_one(LineQuestion, question.id).answer = "可以，便宜 220 元。"
    assert "可以，便宜 220 元。" in phone.get().text
    assert "能用副厂的吗？" in phone.get().text
    assert "add_on.question_asked" in {line.event for line in rows(HistoryLine)}


def test_choices_survive_a_reload_and_the_script_keeps_each_as_it_is_made(phone):
    phone.enter()
    version = hidden(phone.get().text, "version_id")
    assert phone.post("/a/s/draft", {"version_id": version, "line2": "later", "photos": "1 2", "end": "1"}).status_code == 204
    page = phone.get().text
    assert re.findall(r'name="line2" value="(\w+)"[^>]* checked', page) == ["later"]
    assert not re.findall(r'name="line[13]"[^>]* checked', page), "nothing is chosen at the start"


@pytest.mark.rule("E11")
def test_an_agreed_item_may_be_cancelled_until_its_work_begins(house, phone, sent, rows):
    phone.enter()
    phone.choose("yes", "no", "yes")
    phone.decide()
    assert "更换空调滤芯" in phone.get("/a/s/cancellation").text
    assert phone.post("/a/s/cancellation", {"line3": "on", "line2": "on"}).status_code in (303, 409)
    assert phone.post("/a/s/cancellation", {"line3": "on"}).status_code == 303
    assert "您已申请取消" in phone.get().text
    notes = [line for line in rows(HistoryLine) if line.event == "add_on.cancellation_asked"]
    assert len(notes) == 1
    assert len(rows(Approval)) == 1
    with house.database.writing() as db:
        db.get_one(AddOn, sent.line_ids[0]).work_status = "in_work"
    assert phone.post("/a/s/cancellation", {"line1": "on"}).status_code == 409


@both_engines
@pytest.mark.rule("E11")
def test_who_asks_to_cancel_stops_the_bay_until_the_advisor_has_answered(house, phone, sent, rows):
    phone.enter()
    phone.choose("yes", "yes", "yes")
    phone.decide()
    phone.post("/a/s/cancellation", {"line1": "on", "line3": "on"})
    advisor = house.log_in(Role.ADVISOR)
    page = advisor.get(f"/approval/estimates/{sent.order_id}/live").text
    assert page.count("客户决定照做") == 2
    for add_on in add_ons(house, sent)[::2]:
        assert why_not(add_on) == f"“{add_on.title_zh}”客户申请取消，等顾问答复，先不要开工。"
        with pytest.raises(NotAllowed, match="asks to cancel"):
            refuse_without_consent(add_on)
    refuse_without_consent(add_ons(house, sent)[1])
    url = "/approval/add-ons/{}/cancellation"
    for stranger, status in ((house.neighbour(Role.ADVISOR), 404), (house.log_in(Role.TECHNICIAN), 403), (house.stranger(), 303)):
        assert stranger.post(url.format(sent.line_ids[0]), {"answer": "keep"}).status_code == status
    assert advisor.post(url.format(sent.line_ids[0]), {"answer": "keep"}).status_code == 303
    assert advisor.post(url.format(sent.line_ids[2]), {"answer": "cancel"}).status_code == 303
    assert advisor.post(url.format(sent.line_ids[2]), {"answer": "cancel"}).status_code == 409
    kept, _, cancelled = add_ons(house, sent)
    refuse_without_consent(kept)
    assert (cancelled.work_status, cancelled.status) == ("removed", "approved")
    assert cancelled.removed_at is not None
    assert "已取消，不收费" in phone.get().text
    assert {"add_on.kept", "add_on.cancelled"} <= {line.event for line in rows(HistoryLine)}
    assert len(rows(Approval)) == 1


def test_the_paper_is_said_to_be_in_the_making_and_then_shown(house, phone, rows):
    phone.enter()
    phone.choose("yes", "yes", "yes")
    phone.decide()
    assert "正在生成" in phone.get("/a/s/papers").text
    with house.database.writing() as db:
        from app.models.workshop.photo import Blob

        digest = house.app.state.files.put(b"%PDF-1.7 paper")
        db.add(Blob(sha256=digest, size=14, media_type="application/pdf", width=None, height=None, received_at=house.clock()))
        db.flush()
        paper = db.get_one(Document, rows(Document)[0].id)
        paper.pdf_sha256, paper.made_at = digest, house.clock()
    answer = phone.get(f"/a/s/document/{paper.id}")
    assert answer.content == b"%PDF-1.7 paper"
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline")
    assert phone.get(f"/a/s/document/{paper.id}?save=true").headers["content-disposition"].startswith("attachment")
    with house.database.writing() as db:
        next_door = send(db, house.app.state.files)
    other = Phone(house, next_door).enter()
    assert other.get(f"/a/s/document/{paper.id}").status_code == 404
    assert phone.ask("GET", f"/a/s/document/{paper.id}", headers={"cookie": "mingdan_sign=0"}).status_code in (200, 404)


def test_a_withdrawn_estimate_says_so_and_takes_no_signature(house, phone, sent, rows):
    phone.enter()
    phone.choose("yes", "yes", "yes")
    sheet = phone.sheet()
    with house.database.writing() as db:
        db.get_one(Estimate, sent.estimate_id).status = "withdrawn"
    assert phone.decide(sheet).status_code == 410
    assert rows(Approval) == []
    assert phone.get().status_code == 410
    assert "已由店里撤回" in phone.get().text


def test_while_the_advisor_changes_a_line_nothing_is_signed(house, phone, sent, rows):
    phone.enter()
    phone.choose("yes", "yes", "yes")
    sheet = phone.sheet()
    with house.database.writing() as db:
        db.get_one(AddOn, sent.line_ids[0]).status = AddOnStatus.REVIEWED
    assert phone.decide(sheet).status_code == 409
    assert rows(Approval) == []


@pytest.mark.parametrize(("language", "words"), [("en", ("Your decision, please", "Not this time", "limit")),
                                                 ("zh_CN", ("请您决定", "这次不做", "界限")),
                                                 ("zh_TW", ("請您決定", "這次不做", "界限"))])
def test_every_page_speaks_the_customers_language(house, phone, sent, language, words):
    with house.database.writing() as db:
        link = db.get_one(CapabilityLink, sent.link_id)
        db.get_one(Customer, link.customer_id).language = language
    phone.enter()
    page = phone.get().text
    assert all(word in page for word in words)
    phone.choose("yes", "no", "later")
    for path in ("/a/s/review", "/a/s/sign", "/a/s/privacy"):
        assert phone.get(path).status_code == 200
    assert phone.decide().status_code == 201
    assert phone.get().status_code == 200


def test_a_page_of_twelve_lines_asks_the_database_no_more_than_one_of_three(house, phone):
    with house.database.writing() as db:
        sent = send(db, house.app.state.files, count=12)
    long = Phone(house, sent).enter()
    phone.enter()
    counts = []
    for one in (phone, long):
        with Statements(house.database) as asked:
            assert one.get().status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 4


def test_from_the_seventh_line_on_the_cards_are_compact(house):
    with house.database.writing() as db:
        sent = send(db, house.app.state.files, count=12)
    page = Phone(house, sent).enter().get().text
    assert page.count('<article class="card line" id=') == 6
    assert page.count("data-compact id=") == 6


def test_page_style_and_script_fit_into_64_kilobytes(house, phone):
    import gzip
    from pathlib import Path

    phone.enter()
    static = Path("app/static")
    files = ["css/tokens.css", "css/components.css", "css/customer.css", "js/customer-page.js", "js/photo-viewer.js"]
    size = sum(len(gzip.compress((static / name).read_bytes())) for name in files)
    assert size + len(gzip.compress(phone.get().content)) <= 64_000


def test_the_technicians_ring_and_arrow_lie_over_the_customers_photo(phone):
    page = phone.enter().get().text
    assert '<ellipse class="over" cx="320" cy="300" rx="80" ry="72"/>' in page
    assert '<path class="over" d="M560 120L400 240M' in page
