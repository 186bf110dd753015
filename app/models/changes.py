"""After a commit the hub hears which orders changed; never before, never on a rollback."""

from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import Session

from app.events import Hub, staff_topic, store_topic
from app.models.database import Database


def tell_after_commit(database: Database, hub: Hub) -> None:
    """Publish each touched order to its store's listeners; phones hear only of their own and pull."""

    @event.listens_for(database.writers, "after_commit")
    def tell(session: Session) -> None:
        if session.in_nested_transaction():
            return  # a savepoint is not a commit
        for staff_id in session.info.pop("told_staff", ()):
            hub.publish(staff_topic(staff_id), "pull")
        for store_id, order_id in session.info.pop("stamped", ()):
            hub.publish(store_topic(store_id), str(order_id))
        for wake in session.info.pop("after_commit", ()):
            wake()


def after_commit(session: Session, wake: Any) -> None:
    """Call `wake` once this transaction is on disk."""
    session.info.setdefault("after_commit", []).append(wake)


def tell_desk(session: Session, store_id: UUID, order_id: UUID) -> None:
    """Let the desk's open pages look again at an order in which nothing changed that a phone would need."""
    session.info.setdefault("stamped", []).append((store_id, order_id))
