"""Opening papers on screen, and asking whether one is genuine."""

import pytest

from app import papers
from app.domain.office.staff import Role
from app.models.office.document import Document
from app.models.workshop.photo import Blob
from tests import builders as new
from tests.builders import NOON
from tests.house import House
from tests.paper_samples import visit
from tests.pictures import jpeg

ROLES = (Role.ADVISOR, Role.CASHIER, Role.FOLLOW_UP_CLERK, Role.SERVICE_DIRECTOR)


def wanted(house: House) -> Document:
    """A paper asked for and not yet made."""
    with house.database.writing() as db:
        order = new.save(db, new.repair_order())
        return papers.want(db, kind="settlement", subject_id=order.id, repair_order_id=order.id, number="JS20260303-018",
                           store_id=order.store_id, content_sha256="5d07b1fa" + "0" * 56, at=NOON)


def made(house: House) -> Document:
    """The same paper, made: its bytes need not be a PDF here."""
    document = wanted(house)
    with house.database.writing() as db:
        digest = house.app.state.files.put(b"%PDF-1.7 a paper")
        db.add(Blob(sha256=digest, size=16, media_type="application/pdf", received_at=NOON))
        db.flush()
        row = db.get_one(Document, document.id)
        row.pdf_sha256, row.page_count, row.made_at = digest, 2, NOON
    return document


@pytest.mark.parametrize("role", ROLES)
def test_a_paper_opens_in_the_browser_under_its_chinese_name(house: House, role: Role) -> None:
    answer = house.log_in(role).get(f"/documents/{made(house).id}")
    assert answer.status_code == 200
    assert answer.content == b"%PDF-1.7 a paper"
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == (
        "inline; filename=\"JS20260303-018.pdf\"; filename*=UTF-8''%E6%9C%BA%E5%8A%A8%E8%BD%A6%E7%BB%B4%E4%BF%AE"
        "%E8%B4%B9%E7%94%A8%E7%BB%93%E7%AE%97%E6%B8%85%E5%8D%95%20JS20260303-018.pdf")


def test_the_visit_s_papers_are_pdf_files(house: House) -> None:
    mill = house.app.state.mill
    with house.database.writing() as db:
        ids = [row.id for row in visit(db, [mill.files.put(jpeg(640 + n, 480)) for n in range(4)]).values()]
    assert mill.make_all() == len(ids)
    clerk = house.log_in(Role.CASHIER)
    for one in ids:
        assert clerk.get(f"/documents/{one}").content.startswith(b"%PDF-1.7")


def test_a_paper_in_the_making_is_waited_for(house: House) -> None:
    document, clerk = wanted(house), house.log_in(Role.CASHIER)
    answer = clerk.get(f"/documents/{document.id}")
    assert answer.status_code == 202
    assert answer.headers["retry-after"] == "2"
    assert "正在出具这份单据" in answer.text
    state = clerk.as_htmx().get(f"/documents/{document.id}/state")
    assert f'hx-get="/documents/{document.id}/state"' in state.text
    assert "hx-redirect" not in state.headers


def test_the_waiting_page_goes_to_the_paper_once_it_is_there(house: House) -> None:
    document = made(house)
    state = house.log_in(Role.CASHIER).as_htmx().get(f"/documents/{document.id}/state")
    assert state.headers["hx-redirect"] == f"/documents/{document.id}"


def test_a_paper_that_failed_says_so_and_that_nothing_is_lost(house: House) -> None:
    document = wanted(house)
    house.app.state.mill.make_all()
    answer = house.log_in(Role.CASHIER).get(f"/documents/{document.id}")
    assert answer.status_code == 202
    assert "已经确认的内容都在，不会丢" in answer.text
    assert "NoResultFound" not in answer.text


def test_a_long_queue_asks_people_to_come_back(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.routes.office.documents.LONGEST_QUEUE", 1)
    answer = house.log_in(Role.CASHIER).get(f"/documents/{wanted(house).id}")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "60"


@pytest.mark.parametrize("path", ["", "/state"])
def test_a_paper_is_nobody_else_s_business(house: House, path: str) -> None:
    url = f"/documents/{made(house).id}{path}"
    assert house.neighbour(Role.CASHIER).get(url).status_code == 404
    assert house.log_in(Role.TECHNICIAN).get(url).status_code == 403
    assert house.stranger().get(url).status_code == 303


def test_anybody_learns_that_a_paper_is_genuine_and_nothing_personal(house: House) -> None:
    made(house)
    for answer in (house.stranger().get("/verify?number=JS20260303-018&check=5d07b1fa"),
                   house.stranger().post("/verify", {"number": " js20260303-018", "check": "5D07 B1FA"})):
        assert answer.status_code == 200
        assert "这份单据是真的" in answer.text
        assert "杭州明达汽车销售服务有限公司" in answer.text
        assert "机动车维修费用结算清单" in answer.text
        assert "2026年3月3日 12:00" in answer.text
        for personal in ("沈雨桐", "浙A7K35M", "6021"):
            assert personal not in answer.text
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("number", "check"), [
    ("JS20260303-018", "5d07b1fb"), ("JS20260303-019", "5d07b1fa"), ("JS20260303-018", "5d07b1f"),
    ("JS20260303-018", "%"), ("' OR 1=1 --", "5d07b1fa"), ("JS20260303-018", ""),
])
def test_a_wrong_figure_is_no_paper(house: House, number: str, check: str) -> None:
    made(house)
    answer = house.stranger().post("/verify", {"number": number, "check": check})
    assert answer.status_code == 200
    assert "没有查到这份单据" in answer.text
    assert "这份单据是真的" not in answer.text


def test_a_paper_not_yet_made_is_not_vouched_for(house: House) -> None:
    wanted(house)
    answer = house.stranger().get("/verify?number=JS20260303-018&check=5d07b1fa")
    assert "没有查到这份单据" in answer.text


@pytest.mark.rule("S-25")
def test_guessing_figures_is_stopped_and_right_ones_cost_nothing(house: House) -> None:
    made(house)
    stranger = house.stranger()
    for _ in range(31):
        assert stranger.get("/verify?number=JS20260303-018&check=5d07b1fa").status_code == 200
    for guess in range(30):
        assert stranger.get(f"/verify?number=JS20260303-018&check={guess:08x}").status_code == 200
    answer = stranger.get("/verify?number=JS20260303-018&check=5d07b1fa")
    assert answer.status_code == 429
    assert "这里核对得太频繁了" in answer.text
    house.clock.advance(minutes=11)
    assert "这份单据是真的" in stranger.get("/verify?number=JS20260303-018&check=5d07b1fa").text
