"""Which store a person works in today."""

from uuid import UUID

from litestar import get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from app.domain.errors import Invalid
from app.domain.office import staff as rules
from app.models.office import login_queries
from app.models.office.login_session import LoginSession
from app.routes.dependencies import EVERYBODY, Db, Now, Who
from app.routes.office.login import local_path

OPT = {"roles": EVERYBODY}


@get("/office/me/store", name="my_store", sync_to_thread=True, opt=OPT)
def show_stores(db: Db, who: Who, next: FromQuery[str] = "/") -> Template:
    """The stores of a person who belongs to several; asked after each log-in."""
    context = {"stores": login_queries.stores_of(db, who.id), "next": local_path(next)}
    return Template("office/store.html", context=context)


@post("/office/me/store", name="my_store_post", sync_to_thread=True, opt=OPT)
def update_store(data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now) -> Redirect:
    """Go to another store: its lists, never the same record."""
    names = {str(row.id): row.name for row in login_queries.stores_of(db, who.id)}
    chosen = data.get("store", "")
    if chosen not in names:
        raise Invalid("store", "Choose one of the stores shown.")
    session = db.get_one(LoginSession, who.session_id)
    rules.enter_store(session, UUID(chosen), name=names[chosen], by=who.actor, at=now)
    return Redirect(local_path(data.get("next", "/")), status_code=303)


ROUTES = [show_stores, update_store]
