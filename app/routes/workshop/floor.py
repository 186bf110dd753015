"""The workshop's page: every car on the floor, what it waits for, who works on it."""

from typing import Any

from litestar import get
from litestar.response import Template
from sqlalchemy.orm import Session

from app.domain.office.staff import Role
from app.models.workshop import quality_queries
from app.routes.dependencies import MANAGERS, Db, Now, Person, Who

FLOOR = MANAGERS | frozenset({Role.QUALITY_INSPECTOR, Role.TECHNICIAN, Role.PARTS_CLERK})
UNDER_WAY = ("open", "in_progress")


def groups(db: Session, who: Person) -> list[tuple[str, list[Any]]]:
    """The floor by what each car waits for, in the order the workshop looks."""
    rows = quality_queries.floor(db, who.store_id)
    kinds = {
        "Wait for a technician": [row for row in rows if row.status in UNDER_WAY and not row.technician],
        "Wait for the quality check": [row for row in rows if row.status == "quality_check"],
        "Being worked on": [row for row in rows if row.status == "in_progress" and row.technician],
        "Not begun": [row for row in rows if row.status == "open" and row.technician],
        "Ready": [row for row in rows if row.status == "ready"],
    }
    return list(kinds.items())


@get("/workshop", name="workshop", sync_to_thread=True, opt={"roles": FLOOR})
def show_floor(db: Db, who: Who, now: Now) -> Template:
    """All cars on the floor."""
    return Template("workshop/floor.html", context={"groups": groups(db, who), "now": now, "is_leading": who.may(MANAGERS)})


ROUTES = [show_floor]
