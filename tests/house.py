"""The house as tests enter it: the whole application over a database of its own, a clock they turn, people who log in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.domain.office.staff import SESSION_LIFE, Role
from app.models.base import new_id
from app.models.database import Database
from app.models.office.login_session import LoginSession
from app.models.office.staff import Staff
from app.models.office.store import Store
from app.routes.dependencies import COOKIE
from app.security import csrf_token, sha256
from app.settings import Settings
from tests.builders import NOON, OTHER_STORE_ID, STORE_ID, other_store, staff, store


@dataclass
class Clock:
    """The moment of every request, until a test turns it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        """What the house asks."""
        return self.now

    def advance(self, **by: float) -> None:
        """`advance(minutes=5)`."""
        self.now += timedelta(**by)


@dataclass
class Browser:
    """One browser: its log-in travels with each request, with the form token where something changes."""

    client: TestClient[Litestar]
    headers: dict[str, str] = field(default_factory=dict)
    session_id: UUID | None = None
    staff_id: UUID | None = None

    def request(self, method: str, url: str, **options: Any) -> httpx.Response:
        """Ask, without following redirects and without keeping cookies between browsers."""
        headers = {**self.headers, **dict(options.pop("headers", {}))}
        answer = self.client.request(method, url, headers=headers, follow_redirects=False, **options)
        self.client.cookies.clear()
        return answer

    def get(self, url: str, **options: Any) -> httpx.Response:
        """Read a page."""
        return self.request("GET", url, **options)

    def post(self, url: str, data: Mapping[str, Any] | None = None, **options: Any) -> httpx.Response:
        """Send a form."""
        return self.request("POST", url, data=data or {}, **options)

    def put(self, url: str, **options: Any) -> httpx.Response:
        """Put bytes."""
        return self.request("PUT", url, **options)

    def delete(self, url: str, **options: Any) -> httpx.Response:
        """Take back."""
        return self.request("DELETE", url, **options)

    def as_htmx(self) -> "Browser":
        """The same browser, asking for a fragment."""
        return Browser(self.client, {**self.headers, "hx-request": "true"}, self.session_id, self.staff_id)


@dataclass
class House:
    """One installation under test."""

    app: Litestar
    client: TestClient[Litestar]
    settings: Settings
    clock: Clock

    @property
    def database(self) -> Database:
        """Its database; `with house.database.writing() as db: …` to prepare or to look."""
        return self.app.state.database  # type: ignore[no-any-return]

    def stranger(self) -> Browser:
        """A browser nobody has logged in on."""
        return Browser(self.client)

    def log_in(self, *roles: Role, store_id: UUID = STORE_ID, **facts: Any) -> Browser:
        """A new member of staff with these roles, logged in."""
        person = staff(*roles, store_id=store_id, **facts)
        with self.database.writing() as db:
            db.add(person)
        return self.log_in_as(person.id)

    def log_in_as(self, staff_id: UUID, *, store_id: UUID | None = None) -> Browser:
        """Somebody who is there already, logged in."""
        token = new_id().hex
        now = self.clock()
        with self.database.writing() as db:
            person = db.get_one(Staff, staff_id)
            session = LoginSession(
                staff_id=staff_id, store_id=store_id or person.store_id, token_sha256=sha256(token), density="desk",
                device_name="Linux · Chrome", address="", made_at=now, seen_at=now, expires_at=now + SESSION_LIFE,
            )
            db.add(session)
        headers = {"cookie": f"{COOKIE}={token}", "x-csrf-token": csrf_token(self.settings.secret, session.id)}
        return Browser(self.client, headers, session.id, staff_id)

    def neighbour(self, *roles: Role) -> Browser:
        """Somebody with these roles in the other store."""
        return self.log_in(*roles, store_id=OTHER_STORE_ID)


class Statements:
    """Counts the statements an engine runs while it is open: `with Statements(database) as counted: …`."""

    def __init__(self, database: Database) -> None:
        self.engine = database.engine
        self.texts: list[str] = []

    def __enter__(self) -> "Statements":
        """Begin to count."""
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop."""
        event.remove(self.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.upper().startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            self.texts.append(statement)

    def __len__(self) -> int:
        """How many there were."""
        return len(self.texts)


def furnish(db: Session) -> None:
    """What every test finds: two stores, and the first one's catalogue, words and inspection list."""
    from app import content_store

    if db.scalar(select(Store.id).limit(1)) is None:
        db.add_all([store(), other_store()])
        db.flush()
        content_store.load(db, db.get_one(Store, STORE_ID), NOON)
