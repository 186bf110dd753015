"""What handlers ask for: the database, the moment, the person; and the guard nobody gets past without a role."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotAuthorizedException
from litestar.handlers import BaseRouteHandler
from sqlalchemy.orm import Session

from app import languages
from app.domain.errors import Forbidden
from app.domain.history import Actor
from app.domain.office.staff import Role
from app.models.office import login_queries
from app.routes.turns import Turns
from app.security import csrf_token, is_csrf_token, sha256
from app.settings import Settings

COOKIE = "mingdan"
SAFE = ("GET", "HEAD", "OPTIONS")
EVERYBODY = frozenset(Role)  # any member of staff
RECEPTION = frozenset({Role.ADVISOR, Role.INFORMATION_CLERK, Role.SERVICE_DIRECTOR, Role.GENERAL_MANAGER})
ADVISORS = frozenset({Role.ADVISOR, Role.SERVICE_DIRECTOR})
REVIEWERS = frozenset({Role.ADVISOR, Role.QUALITY_INSPECTOR, Role.WORKSHOP_MANAGER, Role.SERVICE_DIRECTOR})
WORKSHOP = frozenset({Role.WORKSHOP_MANAGER, Role.QUALITY_INSPECTOR, Role.SERVICE_DIRECTOR})
INSPECTORS = frozenset({Role.QUALITY_INSPECTOR})
CASHIERS = frozenset({Role.CASHIER, Role.ADVISOR, Role.SERVICE_DIRECTOR})
CARE = frozenset({Role.FOLLOW_UP_CLERK, Role.CARE_MANAGER, Role.SERVICE_DIRECTOR, Role.GENERAL_MANAGER})
MANAGERS = frozenset({Role.SERVICE_DIRECTOR, Role.GENERAL_MANAGER, Role.WORKSHOP_MANAGER})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Person:
    """The member of staff behind a request, in the store they chose."""

    id: UUID
    name: str
    language: str
    roles: frozenset[Role]
    store_id: UUID
    store_name: str
    time_zone: str
    session_id: UUID
    density: str

    @property
    def actor(self) -> Actor:
        """This person as the one who acts."""
        return Actor(self.name, self.id)

    def may(self, roles: frozenset[Role]) -> bool:
        """Whether they hold one of these roles here."""
        return bool(self.roles & roles)


async def provide_db(request: Request[Any, Any, Any]) -> AsyncIterator[Session]:
    """A reading session for a safe request, one transaction for any other."""
    turns: Turns = request.app.state.turns
    async with turns.session(is_safe=request.method in SAFE) as session:
        yield session


def provide_now(request: Request[Any, Any, Any]) -> datetime:
    """The moment of the request, one for the whole of it."""
    clock = request.app.state.clock
    return clock() if clock else datetime.now(UTC)


def provide_person(request: Request[Any, Any, Any]) -> Person:
    """Whom the guard let in."""
    return request.scope["person"]  # type: ignore[typeddict-item,no-any-return]


def provide_settings(request: Request[Any, Any, Any]) -> Settings:
    """The installation's settings."""
    return request.app.state.settings  # type: ignore[no-any-return]


Db = NamedDependency[Session]
Now = NamedDependency[datetime]
Who = NamedDependency[Person]
Config = NamedDependency[Settings]

DEPENDENCIES = {
    "db": Provide(provide_db),
    "now": Provide(provide_now, sync_to_thread=False),
    "who": Provide(provide_person, sync_to_thread=False),
    "config": Provide(provide_settings, sync_to_thread=False),
}


async def staff_guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let in a logged-in person whose role the route names; a route that names none is shut (R-ALL-1)."""
    person = person_of(connection)
    connection.scope["person"] = person  # type: ignore[typeddict-unknown-key]
    languages.language.set(person.language)
    if not person.may(handler.opt.get("roles", frozenset())):
        raise Forbidden("Your role does not include this page. Ask the service director if you need it.")
    if connection.scope["method"] not in SAFE:  # type: ignore[typeddict-item]
        await refuse_forged_form(connection, person)


def person_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Person:
    """The person whose cookie came along; raises when there is none."""
    token = connection.cookies.get(COOKIE, "")
    state = connection.app.state
    now = state.clock() if state.clock else datetime.now(UTC)
    found = login_queries.open_session(state.database, sha256(token), now) if token else None
    if found is None:
        raise NotAuthorizedException("Log in first.")
    return Person(**found)


async def refuse_forged_form(connection: ASGIConnection[Any, Any, Any, Any], person: Person) -> None:
    """The session's own token has to come with every change, in the header or the form (S-15)."""
    settings: Settings = connection.app.state.settings
    given = connection.headers.get("x-csrf-token", "")
    if not given:
        form = await connection.form()  # type: ignore[attr-defined]
        given = str(form.get("_csrf", ""))
    if not is_csrf_token(given, settings.secret, person.session_id):
        raise Forbidden("This page is out of date. Load it again; nothing was changed.")


def form_token(request: Request[Any, Any, Any]) -> str:
    """The token a page puts into its forms; empty for pages without a log-in."""
    person: Person | None = request.scope.get("person")  # type: ignore[assignment]
    return csrf_token(request.app.state.settings.secret, person.session_id) if person else ""

