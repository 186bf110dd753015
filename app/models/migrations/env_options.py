"""How Alembic compares the classes with a database: the same for writing a migration and for the test."""

from typing import Any

from sqlalchemy import JSON

from app.models.base import UtcDateTime


def render_item(kind: str, thing: Any, _autogen: Any) -> str | bool:
    """Our own types are written as the plain ones they are, so that old migrations outlive them."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, JSON):
        return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
    return False


OPTIONS: dict[str, Any] = {
    "render_as_batch": True,
    "render_item": render_item,
    "compare_type": False,  # JSON and UUID are kept under other names on SQLite
}
