"""The help page: what a person of this shop does where, in a few lines."""

from litestar import get
from litestar.response import Template

from app.routes.dependencies import EVERYBODY


@get("/help", name="help", sync_to_thread=False, opt={"roles": EVERYBODY})
def show_help() -> Template:
    """How a day goes, by department."""
    return Template("office/help.html", context={})


ROUTES = [show_help]
