"""The lists every phone of a store holds: inspection points, operations, settings, words."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain.office.setting import DEFAULTS
from app.models.office.store import Store
from app.models.workshop import catalogue_queries, list_queries
from app.models.workshop.inspection import InspectionTemplate

NOT_FOR_PHONES = {"customer", "limit_source", "sources", "finding_codes"}  # a quarter of the bytes remains
SETTINGS = ("free_check_minutes",)
PictureUrl = Callable[[str], str | None]


def all_lists(db: Session, store_id: UUID, picture_url: PictureUrl) -> dict[str, dict[str, Any]]:
    """Every list by its key; of the templates the newest of each kind."""
    found = {f"list:template:{one.id}": template_doc(db, one, picture_url)
             for one in list_queries.newest_templates(db, store_id)}
    return found | {name: build(db, store_id) for name, build in LISTS.items()}


def list_doc(db: Session, store_id: UUID, key: str, picture_url: PictureUrl) -> dict[str, Any] | None:
    """One list by its key."""
    if key in LISTS:
        return LISTS[key](db, store_id)
    template = db.get(InspectionTemplate, UUID(key.removeprefix("list:template:")))
    return template_doc(db, template, picture_url) if template else None


def template_doc(db: Session, template: InspectionTemplate, picture_url: PictureUrl) -> dict[str, Any]:
    """The points of a template and those that targeted checks add, with all they refer to."""
    content = template.content
    known = {point["id"] for point in content["points"]}
    more = [point for point in list_queries.targeted_points(db, template.store_id) if point["id"] not in known]
    return {
        "id": str(template.id), "kind": template.kind, "version": template.version,
        "zones": list_queries.zones(template), "positions": content.get("positions", {}),
        "units": content.get("units", {}), "specs": content.get("specs", {}), "grades": content.get("grades", []),
        "points": [point_doc(point, picture_url) for point in (*content["points"], *more)],
    }


def point_doc(point: dict[str, Any], picture_url: PictureUrl) -> dict[str, Any]:
    """A point without what only customers read, its pictures as addresses."""
    doc = {key: value for key, value in point.items() if key not in NOT_FOR_PHONES}
    for name in ("good_picture", "bad_picture"):
        doc[name] = picture_url(point[name]) if point.get(name) else None
    return doc


def operations_doc(db: Session, store_id: UUID) -> dict[str, Any]:
    """What may be proposed, with the related work each asks about; no prices in the bay."""
    rows = list_queries.active_operations(db, store_id)
    return {"operations": [operation_doc(row) for row in rows], "aliases": list_queries.aliases(db, store_id)}


def operation_doc(row: Any) -> dict[str, Any]:
    """One operation."""
    return {
        "id": row.id, "name_zh": row.name_zh, "name_en": row.name_en, "initials": row.initials,
        "hours_x100": row.hours_x100, "system": row.system, "safety": row.is_safety,
        "related": [{"operation": one["operation"], "reason_zh": one["reason_zh"],
                     "only_after_dismantling": one["only_after_dismantling"]} for one in row.facts["related"]],
        "steps": row.facts.get("steps_zh", []),
    }


def settings_doc(db: Session, store_id: UUID) -> dict[str, Any]:
    """The store's choices that matter under a car."""
    store = db.get_one(Store, store_id)
    return {"store": {"id": str(store.id), "name": store.name, "time_zone": store.time_zone}} | {
        key: store.setting(key) for key in SETTINGS if key in DEFAULTS
    }


def messages_doc(db: Session, store_id: UUID) -> dict[str, Any]:
    """Words of the shop's own the bay shows, such as what it tries not to say to customers."""
    return {"jargon": catalogue_queries.content(db, store_id, "jargon")}


LISTS: dict[str, Callable[[Session, UUID], dict[str, Any]]] = {
    "list:operations": operations_doc,
    "list:settings": settings_doc,
    "list:messages": messages_doc,
}
