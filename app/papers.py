"""The paper mill: documents wanted in a transaction are rendered afterwards by a pool of processes (decision 8)."""

import logging
import multiprocessing
import threading
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from jinja2 import Environment
from sqlalchemy.orm import Session

from app import languages, paper_pool
from app.canonical import canonical
from app.domain.approval.evidence_content import moment
from app.models.changes import after_commit
from app.models.database import Database
from app.models.office import document_queries
from app.models.office.document import Document
from app.models.office.store import Store
from app.models.workshop.photo import Blob
from app.paper_pool import Job, Printed, print_paper
from app.paper_seal import fingerprint_of
from app.security import sha256
from app.settings import Settings
from app.sheets import add_on_approval, intake_contract, quotation, settlement
from app.sheets.drawing import qr
from app.sheets.frozen import check_digits
from app.sheets.sheet import TITLES, Desk, Sheet
from app.sheets.words import teach
from app.storage import FileStore
from app.templating import make_environment

if TYPE_CHECKING:
    from app.paper_press import Press

log = logging.getLogger("mingdan.papers")

SHEETS = {"intake_contract": intake_contract.sheet, "quotation": quotation.sheet,
          "add_on_approval": add_on_approval.sheet, "settlement": settlement.sheet}
STYLES = Path(__file__).parent / "static" / "css"
LANGS = {"zh_CN": ("zh-CN", ""), "zh_TW": ("zh-TW", "traditional"), "en": ("en", "english")}
HOLD = timedelta(minutes=3)  # longer than any print takes; a mill that died lets go after it
LONGEST_REST = timedelta(minutes=10)
LOOK_AGAIN = 30.0  # seconds; papers wanted by another process are found at the latest then


def want(db: Session, *, kind: str, subject_id: UUID, repair_order_id: UUID, store_id: UUID, number: str,
         content_sha256: str, at: datetime) -> Document:
    """Ask for a paper in this transaction; the mill makes it once the transaction is on disk."""
    document = document_queries.ask_for(
        db, kind=kind, subject_id=subject_id, repair_order_id=repair_order_id, store_id=store_id, number=number,
        content_sha256=content_sha256, at=at,
    )
    if mill := db.info.get("mill"):
        after_commit(db, mill.wake)
    return document


class PaperMill:
    """Renders wanted documents, one at a time a process; the table of documents is its queue, so nothing is lost."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database
        self.files = FileStore(settings)
        self.environment: Environment = make_environment()
        teach(self.environment)
        self._pool: Executor | None = None
        self._press: Press | None = None
        self._seal = ""
        self._bell = threading.Event()
        self._is_open = False
        self._threads: list[threading.Thread] = []
        database.writers.configure(info={"mill": self})

    def open(self) -> None:
        """Start the processes before the first request, and take up what was wanted and not made."""
        self._is_open = True
        if not self.settings.pdf_workers:
            return  # papers are made by `make_all`, or by another process on the same database
        self._pool = new_pool(self.settings)
        self._threads = [threading.Thread(target=self._mill, name=f"papers-{n}", daemon=True)
                         for n in range(self.settings.pdf_workers)]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stop them; what was not made is made after the next start."""
        self._is_open = False
        self._bell.set()
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
        for thread in self._threads:
            thread.join(timeout=5)

    def wake(self) -> None:
        """Something was committed that wants paper."""
        self._bell.set()

    @property
    def seal_sha256(self) -> str:
        """The fingerprint of the certificate every paper is sealed with."""
        self._seal = self._seal or fingerprint_of(self.settings)
        return self._seal

    def make_all(self) -> int:
        """Make all that is wanted now, in this thread; how many were taken up."""
        count = 0
        while document_id := self._claim():
            self.make(document_id)
            count += 1
        return count

    def make(self, document_id: UUID) -> None:
        """Make one paper; a fault is kept on its row and it rests before the next try."""
        try:
            job, html_sha256 = self._prepare(document_id)
            self._keep(document_id, self._print(job), html_sha256, sha256(job.evidence))
        except Exception as fault:
            if self._is_open or not isinstance(fault, BrokenProcessPool):
                log.exception("paper %s could not be made", document_id)
            self._rest(document_id, fault)

    def _mill(self) -> None:
        self._release()
        while self._is_open:
            self._bell.clear()
            try:
                self.make_all()
                pause = self._pause()
            except Exception:
                log.exception("the paper mill stumbled")
                pause = LOOK_AGAIN
            if self._is_open:
                self._bell.wait(pause)

    def _release(self) -> None:
        if self.database.is_sqlite:  # one process: whoever held a paper is gone
            try:
                with self.database.writing() as db:
                    document_queries.release_all(db)
            except Exception:
                log.exception("papers held by the last run could not be released")

    def _claim(self) -> UUID | None:
        now = datetime.now(UTC)
        with self.database.reading() as db:
            if not document_queries.is_anything_free(db, now):
                return None
        with self.database.writing() as db:
            return document_queries.claim(db, at=now, until=now + HOLD)

    def _pause(self) -> float:
        with self.database.reading() as db:
            due = document_queries.next_try(db)
        return min(LOOK_AGAIN, max(0.2, (due - datetime.now(UTC)).total_seconds())) if due else LOOK_AGAIN

    def _prepare(self, document_id: UUID) -> tuple[Job, str]:
        with self.database.reading() as db:
            document = db.get_one(Document, document_id)
            token = languages.language.set(document.language)
            try:
                sheet = SHEETS[document.kind](Desk(db, document, self.files.has))
                title = languages.translate(TITLES[document.kind])
                html = self._html(document, sheet, title, db.get_one(Store, document.store_id).time_zone)
            finally:
                languages.language.reset(token)
        evidence = canonical(plain({"schema": "evidence/1", "kind": document.kind, "document": document.number,
                                    **sheet.evidence}))
        return Job(html, evidence, f"{title} {document.number}", f"{title} {document.number}"), sha256(html)

    def _html(self, document: Document, sheet: Sheet, title: str, time_zone: str) -> str:
        lang, page_style = LANGS.get(document.language, LANGS["zh_CN"])
        check = document.content_sha256[:8]
        address = f"{self.settings.links_begin_with}/verify?number={document.number}&check={check}"
        return self.environment.get_template(sheet.template).render(
            document=document, store=sheet.store, version_no=sheet.version_no, title=title,
            check=check_digits(document.content_sha256), qr=qr(address), lang=lang, page_style=page_style,
            printed_at=document.wanted_at, time_zone=time_zone, is_english=document.language == "en",
            seal=self.seal_sha256, **sheet.context)

    def _print(self, job: Job) -> Printed:
        if self._pool is not None:
            try:
                return self._pool.submit(print_paper, job).result()
            except BrokenProcessPool:
                if self._is_open:
                    self._pool = new_pool(self.settings)
                raise
        if self._press is None:
            from app.paper_press import Press

            self._press = Press(self.settings, STYLES)
        return self._press.print(job)

    def _keep(self, document_id: UUID, printed: Printed, html_sha256: str, evidence_sha256: str) -> None:
        digest = self.files.put(printed.pdf)
        now = datetime.now(UTC)
        with self.database.writing() as db:
            document = db.get_one(Document, document_id)
            if document.pdf_sha256 is None:
                if db.get(Blob, digest) is None:
                    db.add(Blob(sha256=digest, size=len(printed.pdf), media_type="application/pdf", received_at=now))
                    db.flush()
                document.pdf_sha256, document.html_sha256 = digest, html_sha256
                document.page_count, document.made_at, document.fault = printed.page_count, now, ""
                document.facts = {"evidence_sha256": evidence_sha256, "milliseconds": printed.milliseconds,
                                  "seal_sha256": self.seal_sha256}

    def _rest(self, document_id: UUID, fault: Exception) -> None:
        try:
            with self.database.writing() as db:
                document = db.get_one(Document, document_id)
                rest = min(LONGEST_REST, timedelta(seconds=2 ** min(document.tries, 12)))
                document.not_before = datetime.now(UTC) + rest
                document.fault = f"{type(fault).__name__}: {fault}"[:500]
        except Exception:
            log.exception("the fault of paper %s could not be noted", document_id)


def new_pool(settings: Settings) -> ProcessPoolExecutor:
    """Processes forked from one that has loaded the press already, each warmed by a dummy."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["app.paper_press"])
    pool = ProcessPoolExecutor(settings.pdf_workers, mp_context=context, initializer=paper_pool.start,
                               initargs=(settings, STYLES))
    for _ in range(settings.pdf_workers):
        pool.submit(time.sleep, 0)
    return pool


def plain(value: Any) -> Any:
    """Times as texts, so that the evidence is canonical."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items()}
    return [plain(child) for child in value] if isinstance(value, list) else value
