"""What Alembic runs: over the connection `upgrade` and `downgrade` hand in."""

from typing import Any

from alembic import context

import app.models  # noqa: F401  (maps every class)
from app.models.base import Base, UtcDateTime


def render_item(kind: str, thing: Any, _autogen: Any) -> str | bool:
    """Our own types are written as the plain ones they are, so that old migrations outlive them."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_item,
    compare_type=False,  # JSON and UUID are kept under other names on SQLite
)
with context.begin_transaction():
    context.run_migrations()
