"""The design system as it is, in development only: every component, status and shared partial in every state."""

from enum import StrEnum

from litestar import get
from litestar.response import Template

from app.domain.approval.estimate import EstimateStatus
from app.domain.care.follow_up import FollowUpStatus
from app.domain.errors import Invalid
from app.domain.office.staff import Role
from app.domain.reception.reception import ReceptionStatus
from app.domain.reception.repair_order import OrderStatus
from app.domain.workshop.add_on import AddOnStatus
from app.domain.workshop.inspection import Grade
from app.domain.workshop.work import WorkStatus
from app.models.office import pattern_queries
from app.routes.approval.board import board
from app.routes.dependencies import EVERYBODY, Db, Now, Who
from app.routes.workshop import floor

KINDS: tuple[type[StrEnum], ...] = (
    Grade, ReceptionStatus, OrderStatus, WorkStatus, AddOnStatus, EstimateStatus, FollowUpStatus, Role,
)
FAULT = Invalid("phone", "%(phone)s is no phone number: a mobile has 11 digits, a landline its area code.",
                phone="1385710602")


@get("/-/patterns", name="patterns", sync_to_thread=True, opt={"roles": EVERYBODY})
def show_patterns(db: Db, who: Who, now: Now) -> Template:
    """All of it on one page, over the demo's own orders."""
    return Template("office/patterns.html", context={
        "kinds": [(kind.__name__, list(kind)) for kind in KINDS], "grades": list(Grade), "fault": FAULT, "now": now,
        "orders": pattern_queries.one_of_each(db, who.store_id),
        "sessions": pattern_queries.some_log_ins(db, who.store_id), "board": board(db, who, now, "all"),
        "floor": floor.groups(db, who), "settlement": pattern_queries.a_settlement(db, who.store_id),
        "check": pattern_queries.a_quality_check(db, who.store_id),
        "put_off": pattern_queries.some_put_off(db, who.store_id), "today": now.date(),
    })


DEVELOPMENT_ROUTES = [show_patterns]
