"""Whether the server lives, which instance it is, and whether its database answers."""

from typing import Any

from litestar import Request, Response, get
from sqlalchemy import text


@get("/healthz", name="health", sync_to_thread=True, opt={"public": True})
def show_health(request: Request[Any, Any, Any]) -> Response[dict[str, str]]:
    """200 when the database answers."""
    with request.app.state.database.reading() as db:
        db.execute(text("SELECT 1"))
    return Response({"status": "ok", "instance": request.app.state.instance})


PUBLIC_ROUTES = [show_health]
