"""Papers on screen: staff open the PDF of their own store; while it is being made a page waits for it."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Template
from sqlalchemy.orm import Session

from app.models.office.document import Document
from app.models.office.document_queries import count_waiting
from app.routes.dependencies import CARE, CASHIERS, MANAGERS, RECEPTION, REVIEWERS, Db, Now, Who
from app.routes.loading import of_store
from app.sheets.sheet import file_name

READERS = RECEPTION | CASHIERS | REVIEWERS | CARE | MANAGERS  # all who speak with the customer about the order
OPT = {"roles": READERS}
LONGEST_QUEUE = 200  # papers; beyond it nobody is asked to wait on a page


@get("/documents/{document_id:uuid}", name="document", sync_to_thread=True, opt=OPT)
def show_document(
    document_id: FromPath[UUID], request: Request[Any, Any, Any], db: Db, who: Who, now: Now
) -> Response[Any]:
    """The sealed file, or the page that waits for it."""
    document = of_store(who, db, Document, document_id)
    if document.pdf_sha256 is None:
        return waiting(db, document, now)
    content = request.app.state.files.get(document.pdf_sha256)
    return Response(content, media_type="application/pdf", headers=pdf_headers(document))


@get("/documents/{document_id:uuid}/state", name="document_state", sync_to_thread=True, opt=OPT)
def show_state(document_id: FromPath[UUID], db: Db, who: Who) -> Response[Any]:
    """Asked every second by the page that waits: still waiting, or off to the file."""
    document = of_store(who, db, Document, document_id)
    if document.pdf_sha256:
        return Response(b"", media_type="text/html", headers={"HX-Redirect": f"/documents/{document.id}"})
    return Template("office/documents/_being_made.html", context={"document": document})


def waiting(db: Session, document: Document, now: Now) -> Template:
    """202 while it is being made; 503 when too many are before it."""
    is_long = count_waiting(db, LONGEST_QUEUE) >= LONGEST_QUEUE
    return Template(
        "office/documents/being_made.html", status_code=503 if is_long else 202,
        headers={"Retry-After": "60" if is_long else "2", "Cache-Control": "no-store"},
        context={"document": document, "is_long": is_long, "now": now},
    )


def pdf_headers(document: Document) -> dict[str, str]:
    """Shown in the browser, saved under its Chinese name (RFC 5987), never kept by a shared cache."""
    return {
        "Content-Disposition": f"inline; filename=\"{document.number}.pdf\"; filename*=UTF-8''{quote(file_name(document))}",
        "Cache-Control": "private, max-age=3600",
        "ETag": f'"{document.pdf_sha256}"',
    }


ROUTES = [show_document, show_state]
