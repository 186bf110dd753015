"""Orders: the list of fifty, and the page of one that every department links to."""

from typing import Any
from uuid import UUID

import segno
from litestar import get
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from markupsafe import Markup

from app.domain.reception.repair_order import OrderStatus
from app.models.office.store import Store
from app.models.reception import dossier_queries, order_queries
from app.models.workshop import catalogue_queries
from app.routes.dependencies import EVERYBODY, RECEPTION, WORKSHOP, Config, Db, Now, Who
from app.routes.reception.customers import cursor
from app.routes.reception.loading import whole_order_for


@get("/orders", name="orders", sync_to_thread=True, opt={"roles": EVERYBODY})
def show_orders(db: Db, who: Who, now: Now, status: FromQuery[str] = "", before: FromQuery[str] = "",
                mine: FromQuery[bool] = False) -> Template:
    """Fifty orders, newest first; filter and cursor stay in the address."""
    chosen = OrderStatus(status) if status in set(OrderStatus) else None
    rows = order_queries.page(db, who.store_id, chosen, cursor(before) if before else None, who.id if mine else None)
    shown = rows[: order_queries.PAGE]
    return Template("reception/orders/list.html", context={
        "rows": shown, "status": chosen, "mine": mine, "now": now, "statuses": list(OrderStatus),
        "counts": order_queries.counts(db, who.store_id), "before": before,
        "older": f"{shown[-1].opened_at.isoformat()}~{shown[-1].id}" if len(rows) > len(shown) else "",
    })


@get("/orders/{order_id:uuid}", name="order", sync_to_thread=True, opt={"roles": EVERYBODY})
def show_order(order_id: FromPath[UUID], db: Db, who: Who, now: Now, config: Config) -> Template:
    """One order with lines, findings, papers and history."""
    order = whole_order_for(who, db, order_id)
    store = db.get_one(Store, who.store_id)
    points = {point["id"]: point for point in catalogue_queries.content(db, who.store_id, "point")}
    address = f"{config.links_begin_with}/s/{store.code}"
    return Template("reception/orders/page.html", context={
        "order": order, "now": now, "lines": [line for line in order.lines if line.removed_at is None],
        "findings": order_queries.findings(db, order.id), "grades": order_queries.grade_counts(db, order.id),
        "papers": dossier_queries.papers_of(db, [order.id]).get(order.id, []), "points": points,
        "history": order_queries.history(db, order.id, order.reception_id),
        "service_qr": qr(address), "service_address": address,
        "technicians": order_queries.technicians(db, who.store_id) if who.may(RECEPTION | WORKSHOP) else [],
        "may_dispatch": who.may(RECEPTION), "may_receive": who.may(RECEPTION),
    })


def qr(address: str) -> Markup:
    """An address as a QR drawing, without any inline style."""
    drawing = segno.make(address, error="m").svg_inline(scale=4, border=1, omitsize=True,
                                                        svgclass="qr", lineclass=None)
    return Markup(drawing)  # noqa: S704  (made by us, from our own address)


ROUTES: list[Any] = [show_orders, show_order]
