"""After the signature: what was decided, the paper, second thoughts."""

from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app.domain.approval import approval as rules
from app.domain.errors import NotFound
from app.domain.history import Actor
from app.domain.workshop.work import WorkStatus
from app.models.approval import approval_queries
from app.models.workshop.add_on import AddOn
from app.routes.customer_link.guard import Asked, Guest, Visit
from app.routes.customer_link.pages import page
from app.routes.customer_link.shown import Shown, State, header, load_shown
from app.routes.customer_link.telling import tell_advisor
from app.routes.dependencies import Config, Db, Now


def show_result(request: Asked, db: Session, visit: Visit, shown: Shown, now: datetime) -> Template:
    """What was agreed, the paper as soon as it is made, and what comes next."""
    result = approval_queries.result(db, shown.version.id)
    if result is None:  # decided, but not on this version: the shop is about to send another
        return page("withdrawn", request, visit, now, status=410, head=header(shown), content=shown.content)
    rows = approval_queries.result_lines(db, result.id)
    return page("result", request, visit, now, result=result, rows=rows, content=shown.content, head=header(shown),
                cancellable=cancellable(rows), groups=("approved", "declined", "deferred"))


def cancellable(rows: dict[str, Any]) -> list[str]:
    """The agreed lines nobody has begun and nobody asked to cancel."""
    return [line_id for line_id, row in rows.items() if row.decision == "approved"
            and row.work_status == WorkStatus.WAITING and not row.is_cancellation_asked]


def result_for(db: Session, visit: Visit, now: datetime) -> tuple[Shown, Any]:
    """The decision this visit may see."""
    shown = load_shown(db, visit, now)
    result = approval_queries.result(db, shown.version.id) if shown.state == State.DECIDED else None
    if result is None:
        raise NotFound("There is nothing here.")
    return shown, result


@get("/papers", name="link_papers", sync_to_thread=True, opt={"public": True, "hidden": True})
def show_papers(db: Db, guest: Guest, now: Now) -> Template:
    """The paper's buttons, or that it is still being made; the result page asks quietly."""
    _, result = result_for(db, guest, now)
    return Template("customer_link/_papers.html", context={"result": result})


@get("/document/{document_id:uuid}", name="link_document", sync_to_thread=True, opt={"public": True, "hidden": True})
def show_document(
    document_id: FromPath[UUID], request: Asked, db: Db, guest: Guest, save: FromQuery[bool] = False
) -> Response[bytes]:
    """The signed paper as it was made, to read or to keep."""
    found = approval_queries.document_bytes_of(db, guest.estimate_id, document_id)
    if found is None or found.pdf_sha256 is None:
        raise NotFound("There is nothing here.")
    kind = "attachment" if save else "inline"
    name = quote(f"增项确认书 {found.number}.pdf")
    return Response(request.app.state.files.get(found.pdf_sha256), media_type="application/pdf", headers={
        "content-disposition": f"{kind}; filename=\"{found.number}.pdf\"; filename*=UTF-8''{name}"})


@get("/cancellation", name="link_cancellation", sync_to_thread=True, opt={"public": True})
def show_cancellation(request: Asked, db: Db, guest: Guest, now: Now) -> Template:
    """Which agreed lines the customer would rather not have done."""
    shown, result = result_for(db, guest, now)
    open_ids = cancellable(approval_queries.result_lines(db, result.id))
    lines = [line for line in shown.content["lines"] if line["line_id"] in open_ids]
    return page("cancellation", request, guest, now, lines=lines, content=shown.content)


@post("/cancellation", name="link_cancellation_post", sync_to_thread=True, opt={"public": True})
def create_cancellation(
    data: URLEncodedBody[dict[str, str]], db: Db, guest: Guest, now: Now, config: Config
) -> Response[Any]:
    """Second thoughts before the work began: noted on the line, the advisor told; the approval stays as it is."""
    shown, result = result_for(db, guest, now)
    rows = approval_queries.result_lines(db, result.id)
    customer = Actor(shown.content["customer"]["name"], kind="customer")
    wanted = [line for line in shown.content["lines"] if f"line{line['position']}" in data
              and line["line_id"] in rows and not rows[line["line_id"]].is_cancellation_asked]
    for line in wanted:
        rules.ask_to_cancel(db.get_one(AddOn, UUID(line["line_id"])), by=customer, at=now)
    if wanted:
        order = db.get_one(AddOn, UUID(wanted[0]["line_id"])).repair_order
        tell_advisor(db, order, "cancellation_asked", config=config, at=now)
    return Redirect("/a/s", status_code=303)


HANDLERS = [show_papers, show_document, show_cancellation, create_cancellation]
