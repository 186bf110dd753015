"""The office's first page: what waits at the till, and the pages of the house a person may open."""

from litestar import get
from litestar.response import Template

from app.models.office import till_queries
from app.routes.dependencies import ADMINISTRATORS, CASHIERS, EVERYBODY, Db, Now, Who


@get("/office", name="office", sync_to_thread=True, opt={"roles": EVERYBODY})
def show_office(db: Db, who: Who, now: Now) -> Template:
    """For the cashier the cars to settle, for everybody their own account."""
    orders = till_queries.waiting(db, who.store_id) if who.may(CASHIERS) else []
    return Template("office/office.html", context={
        "orders": orders, "now": now, "cashiers": CASHIERS, "administrators": ADMINISTRATORS,
    })


ROUTES = [show_office]
