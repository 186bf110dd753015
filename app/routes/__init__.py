"""What is asked. Every module below that has ROUTES joins behind the staff guard; PUBLIC_ROUTES bring their own guard."""

import pkgutil
from importlib import import_module

from litestar import Router
from litestar.types import ControllerRouterHandler

from app.routes.dependencies import staff_guard
from app.settings import Settings


def gathered(name: str) -> list[ControllerRouterHandler]:
    """The handlers that the modules of this package list under a name."""
    modules = sorted(module.name for module in pkgutil.walk_packages(__path__, f"{__name__}."))
    return [handler for module in modules for handler in getattr(import_module(module), name, ())]


def all_routes(settings: Settings) -> list[ControllerRouterHandler]:
    """Staff routes behind the guard, public ones each with its own."""
    inside = gathered("ROUTES") + (gathered("DEVELOPMENT_ROUTES") if settings.is_development else [])
    staff = Router("/", route_handlers=inside, guards=[staff_guard])
    return [staff, Router("/", route_handlers=gathered("PUBLIC_ROUTES"))]
