"""All addresses under /a: the landing by secret, everything else by the session it begins."""

from litestar import Router
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from app.routes.customer_link import approvals, estimates, landings, last4, photos, results
from app.routes.customer_link.guard import landing_guard, provide_guest, visit_guard
from app.routes.customer_link.pages import HANDLERS

SESSION = Router(
    "/a/s",
    route_handlers=[*estimates.HANDLERS, *approvals.HANDLERS, *last4.HANDLERS, *photos.HANDLERS, *results.HANDLERS],
    guards=[visit_guard],
    dependencies={"guest": Provide(provide_guest, sync_to_thread=False)},
    exception_handlers=HANDLERS,
)
LANDING = Router("/", route_handlers=landings.HANDLERS, guards=[landing_guard], exception_handlers=HANDLERS)

PUBLIC_ROUTES: list[ControllerRouterHandler] = [LANDING, SESSION]
