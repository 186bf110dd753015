"""The shop's standard of service, for the customer's own phone: which six checks come free (R-CORE-5)."""

from typing import Any

from litestar import get
from litestar.params import FromPath
from litestar.response import Template

from app.domain.errors import NotFound
from app.models.office import store_queries
from app.models.workshop import catalogue_queries
from app.routes.dependencies import Db


@get("/s/{store_code:str}", name="standard_of_service", sync_to_thread=True, opt={"public": True})
def show_standard(store_code: FromPath[str], db: Db) -> Template:
    """Six free checks in words and pictures, to compare with any other shop; holds nothing personal."""
    store = store_queries.by_code(db, store_code)
    standard = catalogue_queries.content(db, store.id, "standard_of_service") if store else []
    if store is None or not standard:
        raise NotFound("There is no shop at this address.")
    return Template("reception/standard_of_service.html", context={"store": store, "standard": standard[0]})


PUBLIC_ROUTES: list[Any] = [show_standard]
