"""What is asked: every route of the product, gathered by department."""

from litestar import Router
from litestar.types import ControllerRouterHandler

from app.routes.dependencies import staff_guard
from app.routes.office import health, home, login, sessions
from app.settings import Settings

STAFF: list[ControllerRouterHandler] = [*home.ROUTES, *sessions.ROUTES]
PUBLIC: list[ControllerRouterHandler] = [*health.ROUTES, *login.ROUTES]


def all_routes(settings: Settings) -> list[ControllerRouterHandler]:
    """Staff routes behind the guard, public ones each with its own."""
    return [Router("/", route_handlers=STAFF, guards=[staff_guard]), *PUBLIC]
