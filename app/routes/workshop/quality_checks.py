"""The quality check on screen: one list, item by item, beside what was agreed and done."""

from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from app.domain.office.staff import Role
from app.domain.workshop import quality_check as rules
from app.models.workshop import quality_queries
from app.models.workshop.quality_check import QualityCheck
from app.routes.dependencies import Db, Now, Person, Who
from app.routes.loading import of_store, order_for

OPT = {"roles": frozenset({Role.QUALITY_INSPECTOR})}


@get("/orders/{order_id:uuid}/quality-check", name="quality_check", sync_to_thread=True, opt=OPT)
def show_quality_check(order_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Template:
    """The round going on, or the invitation to begin one."""
    order = order_for(who, db, order_id)
    check = quality_queries.open_round(order)
    return page("workshop/quality_checks/quality_check.html", db, check or last_round(order.quality_checks), who, now,
                order=order)


def last_round(checks: list[QualityCheck]) -> QualityCheck | None:
    """The latest finished round, if any."""
    return checks[-1] if checks else None


def page(name: str, db: Session, check: QualityCheck | None, who: Person, now: Now, **context: object) -> Template:
    """A page or fragment about one round."""
    order = check.repair_order if check else context["order"]
    pairs = quality_queries.photo_pairs(db, order)  # type: ignore[arg-type]
    return Template(name, context={
        "check": check, "now": now, "photos": pairs, "order": order,
        "is_worker": who.id in quality_queries.workers(db, order),  # type: ignore[arg-type]
        "next_item": next((item for item in check.items if not item["result"]), None) if check else None, **context,
    })


@post("/orders/{order_id:uuid}/quality-check", name="quality_check_begin", sync_to_thread=True, opt=OPT)
def create_quality_check(order_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Redirect:
    """Begin a round; pressing twice opens the same one."""
    order = order_for(who, db, order_id)
    if quality_queries.open_round(order) is None:
        workers = quality_queries.workers(db, order)
        with db.no_autoflush:
            check = quality_queries.new_round(db, order)
            db.add(check)
            rules.begin(check, workers=workers, by=who.actor, at=now)
    return Redirect(f"/orders/{order_id}/quality-check", status_code=303)


@post("/quality-checks/{check_id:uuid}/items/{item_id:str}", name="quality_check_item", sync_to_thread=True, opt=OPT)
def update_item(
    check_id: FromPath[UUID], item_id: FromPath[str], data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now
) -> Template:
    """Answer one item."""
    check = of_store(who, db, QualityCheck, check_id)
    rules.answer(check, item_id, data.get("result", ""), value=data.get("value", ""), remark=data.get("remark", ""),
                 by=who.actor, at=now)
    return page("workshop/quality_checks/_check.html", db, check, who, now)


@post("/quality-checks/{check_id:uuid}/approval", name="quality_check_pass", sync_to_thread=True, opt=OPT)
def create_pass(check_id: FromPath[UUID], db: Db, who: Who, now: Now) -> Redirect:
    """The car is right."""
    check = of_store(who, db, QualityCheck, check_id)
    rules.approve(check, by=who.actor, at=now)
    return Redirect("/workshop", status_code=303)


@post("/quality-checks/{check_id:uuid}/return", name="quality_check_return", sync_to_thread=True, opt=OPT)
def create_return(
    check_id: FromPath[UUID], data: URLEncodedBody[dict[str, str]], db: Db, who: Who, now: Now
) -> Redirect:
    """Back to the bay, with what is wrong."""
    check = of_store(who, db, QualityCheck, check_id)
    rules.send_back(check, reason=data.get("reason", ""), by=who.actor, at=now)
    lines = {UUID(key.removeprefix("line-")) for key in data if key.startswith("line-")}
    rules.reopen_work(check.repair_order, lines)
    return Redirect("/workshop", status_code=303)


ROUTES = [show_quality_check, create_quality_check, update_item, create_pass, create_return]
