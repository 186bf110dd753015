"""The front door: each role starts where its day starts."""

from litestar import get
from litestar.response import Redirect

from app.routes.dependencies import EVERYBODY, Who
from app.routes.office.departments import departments_for


@get("/", name="home", sync_to_thread=False, opt={"roles": EVERYBODY})
def show_home(who: Who) -> Redirect:
    """To the first department this person works in."""
    return Redirect(departments_for(who)[0].path, status_code=303)


ROUTES = [show_home]
