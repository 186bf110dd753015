"""The door of /sync/: every address behind the phone's credential, every answer marked as ours."""

from litestar import Router

from app.routes.sync import blobs, enrolment, events, pull, push
from app.routes.sync.phone import OURS, PROVIDED, phone_guard

PUBLIC_ROUTES = [
    Router("/", route_handlers=[enrolment.create_enrolment], response_headers=OURS),
    Router(
        "/sync",
        route_handlers=[*enrolment.GUARDED, *push.GUARDED, *pull.GUARDED, *blobs.GUARDED, *events.GUARDED],
        guards=[phone_guard], dependencies=PROVIDED, response_headers=OURS, opt={"public": True},
    ),
]
