"""The one search box: results while typing, or a page of them without scripts."""

from typing import Any

from litestar import Request, get
from litestar.params import FromQuery
from litestar.response import Template
from markupsafe import Markup, escape

from app.domain.reception.vehicle import shown_plate
from app.models.reception import search_queries
from app.models.reception.folding import fold
from app.routes.dependencies import EVERYBODY, RECEPTION, Db, Now, Who
from app.routes.refusals import wants_fragment


def marked(text: str, query: str) -> Markup:
    """The text with the part that was typed underlined, found behind separators and width."""
    kept = [(index, fold(char)) for index, char in enumerate(text)]
    folded = "".join(char for _, char in kept)
    start = folded.find(query) if query else -1
    if start < 0:
        return escape(text)
    places = [index for index, char in kept for _ in char]
    first, last = places[start], places[start + len(query) - 1] + 1
    return Markup("{}<mark>{}</mark>{}").format(text[:first], text[first:last], text[last:])


def marked_plate(plate: str, query: str) -> Markup:
    """A plate with its separator, the typed part underlined."""
    return marked(shown_plate(plate), query)


@get("/search", name="search", sync_to_thread=True, opt={"roles": EVERYBODY})
def show_results(request: Request[Any, Any, Any], db: Db, who: Who, now: Now, q: FromQuery[str] = "") -> Template:
    """Cars in the shop, then customers and cars, then a way to open a new file."""
    found = search_queries.search(db, who.store_id, q[:40])
    name = "reception/search/_results.html" if wants_fragment(request) else "reception/search/page.html"
    return Template(name, context={
        "found": found, "q": q[:40].strip(), "now": now, "marked": marked, "marked_plate": marked_plate,
        "may_receive": who.may(RECEPTION), "time_zone": who.time_zone,
    })


ROUTES = [show_results]
