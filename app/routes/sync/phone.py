"""Who is calling: the phone behind the credential, and the guard in front of every sync address but enrolment."""

import asyncio
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import ResponseHeader
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotAuthorizedException
from litestar.handlers import BaseRouteHandler

from app import languages
from app.domain.errors import Forbidden, Invalid
from app.domain.history import Actor
from app.domain.workshop.mutation import QUARANTINE
from app.models.workshop import device_queries
from app.routes.dependencies import SAFE
from app.security import sha256

COOKIE = "bay"
OURS = [ResponseHeader(name="X-Bay", value="1"), ResponseHeader(name="Cache-Control", value="no-store")]


@dataclass(frozen=True)
class Phone:
    """The technician behind a request, the device their credential is of, and their store."""

    staff_id: UUID
    name: str
    language: str
    device_id: UUID
    store_id: UUID
    store_name: str
    time_zone: str
    credential_sha256: str
    expires_at: datetime
    has_left: bool
    is_on_old_credential: bool  # the answer with the new one was lost
    is_first_use: bool = False  # of the new credential

    @property
    def actor(self) -> Actor:
        """This technician as the one who acts."""
        return Actor(self.name, self.staff_id)


async def phone_guard(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """Let in a phone with a living credential; 401 says sign in again, 403 says it was cut off (offline.md §2.8)."""
    refuse_foreign_page(connection)
    phone, noted = phone_of(connection)
    if noted and phone.is_first_use:  # from this answer on the old credential is dead
        await asyncio.wrap_future(noted)
    connection.scope["phone"] = phone  # type: ignore[typeddict-unknown-key]
    languages.language.set(phone.language)


def refuse_foreign_page(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """A form on another site can't send our header, so a change without it is not ours."""
    method = connection.scope["method"]  # type: ignore[typeddict-item]
    if method not in SAFE and connection.headers.get("x-bay") != "1":
        raise Invalid("x-bay", "This request did not come from the bay app.")


def phone_of(connection: ASGIConnection[Any, Any, Any, Any]) -> tuple[Phone, Future[Any] | None]:
    """The phone whose credential came along, and the note of its call that is being written, if one is due."""
    state = connection.app.state
    now = state.clock() if state.clock else datetime.now(UTC)
    token = connection.cookies.get(COOKIE, "")
    row = device_queries.phone_of(state.database, sha256(token)) if token else None
    if row is None or row.expires_at <= now:
        raise NotAuthorizedException("signed_out")
    if row.revoked_at or (row.left_at and row.left_at + QUARANTINE <= now):
        raise Forbidden("revoked")
    is_new_one = row.old_credential_sha256 is not None and row.old_credential_sha256 != sha256(token)
    noted = None
    if is_new_one or row.seen_at is None or now - row.seen_at > device_queries.SEEN_EVERY:
        seen = partial(device_queries.seen, state.database, row.device_id, now, forget_old=is_new_one)
        noted = state.database.soon(seen)
    phone = Phone(
        staff_id=row.staff_id, name=row.name, language=row.language, device_id=row.device_id, store_id=row.store_id,
        store_name=row.store_name, time_zone=row.time_zone, credential_sha256=sha256(token), expires_at=row.expires_at,
        has_left=bool(row.left_at and row.left_at <= now),
        is_on_old_credential=row.old_credential_sha256 == sha256(token), is_first_use=is_new_one,
    )
    return phone, noted


def provide_phone(request: Request[Any, Any, Any]) -> Phone:
    """The phone the guard let in."""
    return request.scope["phone"]  # type: ignore[typeddict-item,no-any-return]


Caller = NamedDependency[Phone]
PROVIDED = {"phone": Provide(provide_phone, sync_to_thread=False)}
