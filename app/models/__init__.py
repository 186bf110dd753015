"""What is kept: importing this package maps every class."""

from app.models import history_line, revision
from app.models.approval import approval, capability_link, estimate
from app.models.care import follow_up
from app.models.office import document, login_session, message, settlement, staff, store, tick
from app.models.reception import customer, order_line, reception, repair_order, search_key, vehicle
from app.models.workshop import add_on, catalogue, device, inspection, photo, quality_check

__all__ = [
    "add_on",
    "approval",
    "capability_link",
    "catalogue",
    "customer",
    "device",
    "document",
    "estimate",
    "follow_up",
    "history_line",
    "inspection",
    "login_session",
    "message",
    "order_line",
    "photo",
    "quality_check",
    "reception",
    "repair_order",
    "revision",
    "search_key",
    "settlement",
    "staff",
    "store",
    "tick",
    "vehicle",
]
