"""What the four papers hold, that they are sealed, and that none is lost or made twice."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app import papers
from app.canonical import canonical
from app.models.database import Database
from app.models.office.document import Document
from app.models.office.settlement import Settlement
from app.models.office.store import Store
from app.paper_pool import Job
from app.paper_seal import fingerprint_of, opened, seal_path
from app.papers import PaperMill
from app.settings import Settings
from app.sheets.sheet import with_presence
from tests import builders as new
from tests.builders import NOON
from tests.engines import both_engines
from tests.house import furnish
from tests.paper_samples import visit
from tests.pictures import jpeg

KINDS = ("intake_contract", "quotation", "add_on_approval", "settlement")


class Printed:
    """The papers of one visit: rows, bytes and readers by kind."""

    def __init__(self, mill: PaperMill, rows: dict[str, Document]) -> None:
        self.mill = mill
        self.rows = rows
        self.bytes = {kind: mill.files.get(row.pdf_sha256 or "") for kind, row in rows.items()}
        self.readers = {kind: PdfReader(io.BytesIO(content)) for kind, content in self.bytes.items()}

    def text(self, kind: str) -> str:
        """All words of a paper, without the spaces the layout makes."""
        return re.sub(r"\s", "", "".join(page.extract_text() for page in self.readers[kind].pages))


def mill_in(folder: Path, database: Database, **facts: object) -> PaperMill:
    """A mill without processes."""
    settings = Settings(var=folder, secret="a secret of the tests", pdf_workers=0,
                        base_url="https://shop.example", **facts)  # type: ignore[arg-type]
    return PaperMill(settings, database)


def made(folder: Path, database: Database, **facts: str) -> Printed:
    """A visit with its papers printed."""
    mill = mill_in(folder, database)
    with database.writing() as db:
        furnish(db)
        wanted = visit(db, [mill.files.put(jpeg(640 + n, 480)) for n in range(4)], **facts)  # type: ignore[arg-type]
        ids = {kind: row.id for kind, row in wanted.items()}
    assert mill.make_all() == len(KINDS)
    with database.reading() as db:
        rows = {kind: db.get_one(Document, one) for kind, one in ids.items()}
    assert {row.fault for row in rows.values()} == {""}
    return Printed(mill, rows)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Printed]:
    """One visit, printed once for all the tests that only look."""
    import shutil

    folder = tmp_path_factory.mktemp("papers")
    shutil.copyfile(request.getfixturevalue("sqlite_template"), folder / "mingdan.db")
    database = Database(f"sqlite:///{folder / 'mingdan.db'}")
    yield made(folder, database)
    database.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_is_pdf_a_3u_with_tags(printed: Printed, kind: str) -> None:
    catalogue = printed.readers[kind].trailer["/Root"]
    xmp = catalogue["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part\W+3\b", xmp)
    assert re.search(r"pdfaid:conformance\W+U\b", xmp)
    assert catalogue["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "zh-CN"
    assert "/Version" not in catalogue, "an ECDSA seal would raise the version of the file"


@pytest.mark.parametrize("kind", KINDS)
def test_only_noto_sans_sc_is_embedded_and_only_what_is_used(printed: Printed, kind: str) -> None:
    fonts = [font for page in printed.readers[kind].pages for font in page["/Resources"]["/Font"].values()]
    names = {font.get_object()["/BaseFont"] for font in fonts}
    assert names
    assert all(re.fullmatch(r"/[A-Z]{6}\+Noto-?Sans-?SC.*", name) for name in names), names
    for font in fonts:
        assert "/FontFile2" in font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/ToUnicode" in font.get_object()


@pytest.mark.parametrize("kind", KINDS)
def test_evidence_travels_inside_the_file_byte_for_byte(printed: Printed, kind: str) -> None:
    reader = printed.readers[kind]
    attached = reader.trailer["/Root"]["/AF"][0].get_object()
    content = attached["/EF"]["/F"].get_object().get_data()
    assert attached["/AFRelationship"] == "/Data"
    assert attached["/UF"] == "evidence.json"
    assert content.decode() == canonical(__import__("json").loads(content))
    assert papers.sha256(content) == printed.rows[kind].facts["evidence_sha256"]


def test_the_evidence_of_an_approval_holds_its_answers_and_no_phone(printed: Printed) -> None:
    reader = printed.readers["add_on_approval"]
    text = reader.trailer["/Root"]["/AF"][0].get_object()["/EF"]["/F"].get_object().get_data().decode()
    assert '"decision":"deferred"' in text
    assert '"decision_sha256":"' + "1" * 64 in text
    assert "13812346021" not in text
    assert "203.0.113.58" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_is_sealed_and_nothing_may_be_changed_after_it(printed: Printed, kind: str) -> None:
    status = seal_of(printed, printed.bytes[kind])
    assert status.intact
    assert status.valid
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.docmdp_ok is not False


@pytest.mark.rule("S-33")
def test_a_flipped_byte_is_noticed(printed: Printed) -> None:
    content = bytearray(printed.bytes["add_on_approval"])
    content[len(content) // 3] ^= 1
    assert not seal_of(printed, bytes(content)).intact


def seal_of(printed: Printed, content: bytes) -> SimpleNamespace:
    """What pyHanko says of the seal, our own certificate trusted."""
    from asn1crypto import x509
    from cryptography.hazmat.primitives.serialization import Encoding
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    certificate = opened(printed.mill.settings)[1].public_bytes(Encoding.DER)
    trust = ValidationContext(trust_roots=[x509.Certificate.load(certificate)])
    signature = PdfFileReader(io.BytesIO(content), strict=False).embedded_signatures[0]
    status = validate_pdf_signature(signature, signer_validation_context=trust, skip_diff=True)
    return SimpleNamespace(intact=status.intact, valid=status.valid, coverage=status.coverage,
                           docmdp_ok=status.docmdp_ok)


def test_the_seal_s_key_is_made_once_and_read_by_its_owner_only(printed: Printed) -> None:
    assert seal_path(printed.mill.settings).stat().st_mode & 0o777 == 0o600
    assert fingerprint_of(printed.mill.settings) == printed.rows["quotation"].facts["seal_sha256"]


def test_rare_names_and_money_can_be_read_out_of_the_file(printed: Printed) -> None:
    text = printed.text("add_on_approval")
    for words in ("𬱖䶮", "¥2,096.00", "人民币贰仟零玖拾陆元整", "浙A·7K35M", "138****6021", "未记录", "以后再说"):
        assert words in text
    assert "13812346021" not in text


def test_an_approval_prints_both_hashes_whole_and_the_digits_the_customer_compares(printed: Printed) -> None:
    text = printed.text("add_on_approval")
    digest = printed.rows["add_on_approval"].content_sha256
    assert digest in text
    assert "1" * 64 in text
    assert f"校验码{digest[:8]}" in text
    assert "链接+手机尾号" in text


def test_a_contract_prints_what_the_customer_said_as_text_and_draws_its_boxes(printed: Printed) -> None:
    text = printed.text("intake_contract")
    assert "<b>踩重了</b>" in text
    assert "□" not in text
    assert "■" not in text
    assert "转弯时响不响：未询问" in text


@pytest.mark.rule("R-CORE-30")
def test_a_settlement_list_keeps_labour_and_material_apart_and_names_what_agreed_each(printed: Printed) -> None:
    text = printed.text("settlement")
    for words in ("机动车维修费用结算清单", "表二", "表三", "确认依据", "ZX20260303-018", "与火花塞同拆，不另收工时",
                  "更换前轮胎（2条）", "¥2,060.00", "人民币贰仟零陆拾元整"):
        assert words in text


def test_the_technicians_ring_and_arrow_lie_over_the_photo_on_paper(tmp_path: Path, database: Database) -> None:
    mill = mill_in(tmp_path, database)
    frozen = [{"kind": "ring", "x": 4000, "y": 5000, "rx": 1000, "ry": 1200},
              {"kind": "arrow", "x": 5000, "y": 4000, "dx": 7000, "dy": 2000}]
    photo = {"sha256": "0" * 64, "marks": frozen, "number": 1, "of": {"title": {"zh": "前制动片"}},
             "taken_at": None, "taken_by": ""}
    (shown,) = with_presence([photo], lambda _sha256: True)
    page = mill.environment.get_template("documents/_photos.html").render(photos=[shown], time_zone="Asia/Shanghai")
    assert '<ellipse cx="320" cy="300" rx="80" ry="72" fill="none" stroke="#fff"' in page
    assert '<path d="M560 120L400 240M' in page


@pytest.mark.rule("R-CORE-30")
def test_a_settlement_list_prints_what_was_frozen_whatever_changes_afterwards(tmp_path: Path, database: Database) -> None:
    mill = mill_in(tmp_path, database)
    with database.writing() as db:
        furnish(db)
        wanted = visit(db, [mill.files.put(jpeg(640 + n, 480)) for n in range(4)])
        subject = wanted["settlement"].subject_id
        order = db.get_one(Settlement, subject).repair_order
        order.customer.name, order.vehicle.model_name, order.advisor.name = "改名", "改型号", "改顾问"
        order.vehicle.next_service_km, order.reception.sender_name = 99_999, "改送修人"
        for line in order.lines:
            line.title_zh, line.hours_x100, line.guarantee_days = "改项目", 999, 7
            for part in line.parts:
                part.name_zh, part.part_no, part.price_fen = "改配件", "CHANGED-1", 1
        db.get_one(Store, order.store_id).legal_name = "改公司"
        for add_on in order.add_ons:
            add_on.saw = "改所见"
    mill.make_all()
    with database.reading() as db:
        paper = db.scalars(select(Document).where(Document.subject_id == subject)).one()
    reader = PdfReader(io.BytesIO(mill.files.get(paper.pdf_sha256 or "")))
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
    for words in ("更换前制动片（左右一副）", "YZ-45022-A1", "大众朗逸", "丁小禾", "何伟", "右前2.1、左前2.3", "55,210km"):
        assert words in text
    for words in ("改", "CHANGED-1", "99,999"):
        assert words not in text.replace("更改", ""), words


def test_every_page_carries_its_number_of_all(printed: Printed) -> None:
    for reader in printed.readers.values():
        for number, page in enumerate(reader.pages, 1):
            assert f"第{number}页，共{len(reader.pages)}页" in re.sub(r"\s", "", page.extract_text())


def test_a_signature_never_stands_alone_on_a_page(printed: Printed) -> None:
    pages = [re.sub(r"\s", "", page.extract_text()) for page in printed.readers["intake_contract"].pages]
    signed = next(page for page in pages if "客户签名" in page)
    assert "旧件归托修方" in signed


def test_the_english_paper_speaks_english(tmp_path: Path, database: Database) -> None:
    printed = made(tmp_path, database, language="en", channel="phone")
    text = "".join(page.extract_text() for page in printed.readers["add_on_approval"].pages)
    assert "Authorisation of additional repairs" in text
    assert "Replace front brake pads" in text
    assert "Agreed by phone, to be confirmed in writing" in text
    assert "Page 1 of" in text
    assert printed.readers["add_on_approval"].trailer["/Root"]["/Lang"] == "en"


@pytest.mark.rule("S-31")
@pytest.mark.parametrize("address", [
    "http://127.0.0.1:9/a.png", "https://shop.example/a.png", "file:///etc/passwd", "app:photo/../../secret",
    "app:photo/" + "0" * 64, "data:image/svg+xml,<svg/>",
])
def test_a_paper_fetches_nothing_but_the_shop_s_own_photos(printed: Printed, address: str) -> None:
    from weasyprint.urls import FatalURLFetchingError

    job = Job(f'<html lang="zh-CN"><title>x</title><body><img src="{address}" alt="x"></body></html>', "{}", "", "")
    with pytest.raises(FatalURLFetchingError):
        printed.mill._print(job)


def test_a_signature_that_is_no_drawing_of_ours_is_not_printed() -> None:
    from app.sheets.words import drawn

    assert drawn('<svg viewBox="0 0 9 9"><image href="file:///etc/passwd"/></svg>') == ""
    assert drawn('<svg viewBox="0 0 9 9"><script>1</script></svg>') == ""
    assert "<path" in drawn('<svg viewBox="0 0 9 9"><g fill="none"><path d="M1 1h0"/></g></svg>')


def test_a_paper_asked_for_twice_is_one(tmp_path: Path, database: Database) -> None:
    with database.writing() as db:
        order = new.save(db, new.repair_order())
        facts = {"kind": "settlement", "subject_id": order.id, "repair_order_id": order.id, "number": "JS1",
                 "store_id": order.store_id, "content_sha256": "0" * 64, "at": NOON}
        assert papers.want(db, **facts) is papers.want(db, **facts)
        assert papers.want(db, **{**facts, "kind": "quotation"}) is not papers.want(db, **facts)


@both_engines
def test_what_was_wanted_before_the_power_went_is_made_after_the_next_start(
    tmp_path: Path, database: Database
) -> None:
    first = mill_in(tmp_path, database)
    with database.writing() as db:
        wanted = visit(db, [first.files.put(jpeg(640 + n, 480)) for n in range(4)])
        contract = wanted["intake_contract"].id
    second = mill_in(tmp_path, database)
    assert second.make_all() == len(KINDS)
    with database.reading() as db:
        document = db.get_one(Document, contract)
        assert document.pdf_sha256
        assert document.page_count >= 2
        assert document.tries == 1
    assert second.make_all() == 0, "nothing is made twice"


def test_a_fault_is_kept_and_the_paper_rests_before_the_next_try(tmp_path: Path, database: Database) -> None:
    mill = mill_in(tmp_path, database)
    with database.writing() as db:
        order = new.save(db, new.repair_order())
        lost = papers.want(db, kind="settlement", subject_id=order.id, repair_order_id=order.id, number="JS1",
                           store_id=order.store_id, content_sha256="0" * 64, at=NOON)
        lost_id = lost.id
    assert mill.make_all() == 1
    with database.reading() as db:
        document = db.get_one(Document, lost_id)
        assert document.pdf_sha256 is None
        assert document.tries == 1
        assert "NoResultFound" in document.fault
        assert document.not_before is not None
    assert mill.make_all() == 0


def test_a_photo_on_its_way_is_said_to_be_and_holds_nothing_up(tmp_path: Path, database: Database) -> None:
    mill = mill_in(tmp_path, database)
    with database.writing() as db:
        wanted = visit(db, ["a" * 64, "b" * 64, "c" * 64, "d" * 64])["quotation"].id
    mill.make_all()
    with database.reading() as db:
        digest = db.get_one(Document, wanted).pdf_sha256
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(mill.files.get(digest or ""))).pages)
    assert "出具本文件时原图尚未传到" in re.sub(r"\s", "", text)


def test_the_pool_makes_what_a_transaction_wanted(tmp_path: Path, database: Database) -> None:
    """The real thing: processes, the wake after the commit, the row finished behind our back."""
    import threading

    from app.events import Hub
    from app.models.changes import tell_after_commit

    tell_after_commit(database, Hub())
    mill = PaperMill(Settings(var=tmp_path, secret="a secret of the tests", pdf_workers=1), database)
    kept = threading.Event()
    keep, mill._keep = mill._keep, lambda *made: (keep(*made), kept.set())  # type: ignore[method-assign,func-returns-value]
    mill.open()
    try:
        with database.writing() as db:
            wanted = visit(db, [mill.files.put(jpeg(640 + n, 480)) for n in range(4)])["intake_contract"].id
        while kept.wait(60):  # the newest paper is made first; this one's turn comes
            kept.clear()
            with database.reading() as db:
                if db.get_one(Document, wanted).tries:
                    return
        pytest.fail("The pool never came to this paper.")
    finally:
        mill.close()
