"""Telling the advisor: the order's history already says it on every open page; a robot passes it on where one is set."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.models.office.message import Message
from app.models.reception.repair_order import RepairOrder
from app.settings import Settings


def tell_advisor(db: Session, order: RepairOrder, purpose: str, *, config: Settings, at: datetime) -> None:
    """A message to the order's advisor, kept with the change it tells of; none without a webhook to send it."""
    if not config.webhook_url:
        return
    db.add(Message(
        store_id=order.store_id, channel="webhook", purpose=purpose, to=order.advisor.phone, repair_order_id=order.id,
        facts={"number": order.number, "plate": order.vehicle.plate, "advisor": order.advisor.name}, wanted_at=at,
        due_at=at, sent_at=None, given_up_at=None, customer_id=None, wanted_by_id=None,
    ))
