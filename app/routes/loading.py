"""Loading a thing and checking that it is this store's: another store's thing is answered as if it were not there."""

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound
from app.models.base import StoreRow
from app.models.reception.repair_order import RepairOrder
from app.routes.dependencies import Person

Thing = TypeVar("Thing", bound=StoreRow)


def of_store(who: Person, db: Session, kind: type[Thing], thing_id: UUID) -> Thing:
    """The thing of that id in the person's store."""
    thing = db.get(kind, thing_id)
    if thing is None or thing.store_id != who.store_id:
        raise NotFound("The address is wrong, or the thing was moved. Search for the plate or go back.")
    return thing


def order_for(who: Person, db: Session, order_id: UUID) -> RepairOrder:
    """An order of the person's store."""
    return of_store(who, db, RepairOrder, order_id)


def id_in(data: Mapping[str, str], name: str) -> UUID:
    """An id a form sends; one that is missing or garbled is a mistake of the form's, said as such."""
    try:
        return UUID(data.get(name, ""))
    except ValueError as error:
        raise Invalid(name, "Something in the form could not be read. Nothing was changed; "
                            "please check it and send it again.") from error
