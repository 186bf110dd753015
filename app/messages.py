"""Outgoing messages: rows written with the change they tell of, sent after the commit, retried, their fate kept."""

import hashlib
import hmac
import json
import logging
import smtplib
import ssl
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

import httpx
from sqlalchemy.orm import Session

from app import languages
from app.domain.approval import capability_link
from app.domain.errors import Refusal
from app.domain.history import Actor
from app.models.approval.capability_link import CapabilityLink
from app.models.changes import after_commit
from app.models.database import Database
from app.models.office import message_queries
from app.models.office.message import Message
from app.security import new_token, sha256
from app.settings import Settings

log = logging.getLogger("mingdan")

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))  # then it is given up
SECONDS = 10  # for a gateway to answer
SENDER = Actor("Mingdan", kind="system")


@dataclass(frozen=True)
class Letter:
    """A message ready to leave; the link in it exists nowhere else."""

    message_id: UUID
    channel: str
    to: str
    purpose: str
    subject: str
    text: str
    facts: dict[str, Any]


def want(db: Session, message: Message) -> None:
    """Keep a message in this transaction; it leaves once the transaction is on disk."""
    db.add(message)
    if post := db.info.get("post_office"):
        after_commit(db, post.wake)


class PostOffice:
    """Sends what is due, one at a time, off the request's thread."""

    def __init__(self, settings: Settings, database: Database, *, clock: Callable[[], datetime] | None = None) -> None:
        self.settings = settings
        self.database = database
        self.clock = clock or (lambda: datetime.now(UTC))
        self.pool: ThreadPoolExecutor | None = None
        self.turn = threading.Lock()
        database.writers.kw.setdefault("info", {})["post_office"] = self

    def open(self) -> None:
        """Take what was left over from before."""
        self.pool = ThreadPoolExecutor(1, thread_name_prefix="post")
        self.wake()

    def close(self) -> None:
        """Let the letter in hand go out, take no other."""
        if self.pool:
            self.pool.shutdown(wait=True, cancel_futures=True)
            self.pool = None

    def wake(self) -> None:
        """Something may be due."""
        if self.pool:
            self.pool.submit(self.send_due_safely)

    def send_due_safely(self) -> None:
        """The same as `send_due`, a fault of ours only logged."""
        try:
            self.send_due()
        except Exception:
            log.exception("Messages could not be sent")

    def send_due(self) -> int:
        """Send everything due now; gives how many left. A tick may call it at any time."""
        sent = 0
        with self.turn:
            with self.database.reading() as db:
                due = message_queries.due(db, self.clock())
            for message_id in due:
                sent += self.send_one(message_id)
        return sent

    def send_one(self, message_id: UUID) -> bool:
        """Write the letter, hand it over, keep what came of it."""
        letter = self.written(message_id)
        if letter is None:
            return False
        try:
            provider_id = CHANNELS[letter.channel](self.settings, letter)
        except (httpx.HTTPError, smtplib.SMTPException, OSError, KeyError) as error:
            self.keep_fault(message_id, f"{type(error).__name__}: {error}"[:200])
            return False
        with self.database.writing() as db:
            message = db.get_one(Message, message_id)
            message.sent_at, message.provider_id, message.fault = self.clock(), provider_id, ""
        return True

    def written(self, message_id: UUID) -> Letter | None:
        """Claim a message and write its letter, with a link made for it alone; None when it is no longer wanted."""
        with self.database.writing() as db:
            message = message_queries.claim(db, message_id, now=self.clock(), busy_for=timedelta(minutes=2))
            if message is None:
                return None
            try:
                facts = {**message.facts, **self.linked(db, message)}
            except Refusal as refusal:
                message.given_up_at, message.fault = self.clock(), languages.sentence(refusal.message, refusal.facts)
                return None
            return letter_of(message, facts)

    def linked(self, db: Session, message: Message) -> dict[str, Any]:
        """The link of an estimate's message: its token is made now and kept nowhere."""
        if message.purpose != "estimate_link":
            return {}
        token = new_token(16)
        with db.no_autoflush:  # the link is not whole before it is issued
            link = message_queries.link_for(db, message)
            try:
                capability_link.issue(link, token_sha256=sha256(token), by=SENDER, at=self.clock())
            except Refusal:
                link.estimate = None  # type: ignore[assignment]  # never issued, so never kept
                raise
            db.add(link)
        return {"link": f"{self.settings.links_begin_with}/a/{token}"}

    def keep_fault(self, message_id: UUID, fault: str) -> None:
        """Try again later, or give it up; the link made for it is withdrawn, nobody has received it."""
        now = self.clock()
        with self.database.writing() as db:
            message = db.get_one(Message, message_id)
            message.fault = fault
            if message.tries > len(WAITS):
                message.given_up_at = now
            else:
                message.due_at = now + WAITS[message.tries - 1]
            for link in message_queries.links_of(db, message):
                withdraw_unsent(link, now)


def withdraw_unsent(link: CapabilityLink, now: datetime) -> None:
    """A link that never left the shop opens nothing."""
    if link.revoked_at is None:
        capability_link.revoke(link, reason="The message could not be delivered", by=SENDER, at=now)


def letter_of(message: Message, facts: dict[str, Any]) -> Letter:
    """Subject and text in the customer's language; no price and no finding ever stands in a message."""
    language = str(facts.get("language", languages.DEFAULT))
    subject, text = TEXTS.get(message.purpose, ("Mingdan", ""))
    return Letter(message.id, message.channel, message.to, message.purpose,
                  languages.sentence(subject, facts, language), languages.sentence(text, facts, language), facts)


TEXTS = {
    "estimate_link": (
        "%(store)s: %(count)s items for your car",
        "%(store)s: %(count)s items for your car need your look. Check code %(hash8)s. %(link)s",
    ),
}


def by_webhook(settings: Settings, letter: Letter) -> str:
    """POST the letter as JSON, signed with the shop's secret, to the gateway that knows SMS or WeCom."""
    body = json.dumps({"id": str(letter.message_id), "to": letter.to, "purpose": letter.purpose,
                       "subject": letter.subject, "text": letter.text, "facts": letter.facts}, ensure_ascii=False)
    signature = hmac.new(settings.webhook_secret.encode(), body.encode(), hashlib.sha256).hexdigest()
    headers = {"content-type": "application/json", "x-mingdan-signature": f"sha256={signature}",
               "idempotency-key": str(letter.message_id)}
    answer = httpx.post(settings.webhook_url, content=body.encode(), headers=headers, timeout=SECONDS)
    answer.raise_for_status()
    return str(answer.headers.get("x-message-id", ""))


def by_smtp(settings: Settings, letter: Letter) -> str:
    """Hand the letter to the mail server of `smtp://user:password@host:587/sender@shop` or `smtps://…:465`."""
    address = urlsplit(settings.smtp_url)
    mail = EmailMessage()
    mail["From"], mail["To"] = unquote(address.path.lstrip("/")), letter.to
    mail["Subject"], mail["Message-ID"] = letter.subject, f"<{letter.message_id}@{address.hostname}>"
    mail.set_content(letter.text)
    connect = smtplib.SMTP_SSL if address.scheme == "smtps" else smtplib.SMTP
    with connect(address.hostname or "", address.port or 0, timeout=SECONDS) as server:
        if address.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        server.send_message(mail)
    return str(mail["Message-ID"])


CHANNELS: dict[str, Callable[[Settings, Letter], str]] = {"webhook": by_webhook, "smtp": by_smtp}


def channels(settings: Settings) -> list[str]:
    """The channels this installation is set up for."""
    return [name for name, url in (("webhook", settings.webhook_url), ("smtp", settings.smtp_url)) if url]
