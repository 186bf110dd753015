"""What a search box finds a customer or a car by: one row for each tail of a plate, phone, name and VIN."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, ForeignKey, Text, delete, event, insert, select
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column
from sqlalchemy.orm.attributes import get_history

from app.models.base import Base
from app.models.reception.customer import Customer
from app.models.reception.folding import fold, spellings, suffixes
from app.models.reception.vehicle import Vehicle

KEY = Text().with_variant(Text(collation="C"), "postgresql")  # so that a range of keys is a prefix there too
BATCH = 2_000


class SearchKey(Base):
    """The start of `key` is what somebody types; `target_id` is the car or the customer it means."""

    __tablename__ = "search_key"
    __table_args__ = ({"sqlite_with_rowid": False},)

    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"), primary_key=True)
    key: Mapped[str] = mapped_column(KEY, primary_key=True)
    target_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    kind: Mapped[str]  # vehicle, customer


@lru_cache(maxsize=4_096)
def keys_of_vehicle(plate: str, vin: str) -> frozenset[str]:
    """Any part of the plate from two places on; a VIN from its start or by its last four to eight."""
    vin = fold(vin)
    return frozenset(suffixes(fold(plate), shortest=2) | suffixes(vin, shortest=4, longest=8) | ({vin} if vin else set()))


@lru_cache(maxsize=4_096)
def keys_of_customer(name: str, phones: tuple[str, ...]) -> frozenset[str]:
    """Any part of the name, its pinyin initials, any four or more digits of a phone."""
    keys = suffixes(fold(name), shortest=1)
    for reading in spellings(name):
        keys |= suffixes(reading, shortest=2)
    for phone in phones:
        keys |= suffixes(fold(phone), shortest=4)
    return frozenset(keys)


def keys_of(thing: Customer | Vehicle) -> frozenset[str]:
    """All keys of a customer or a car."""
    if isinstance(thing, Vehicle):
        return keys_of_vehicle(thing.plate, thing.vin or "")
    return keys_of_customer(thing.name, (thing.phone or "", thing.second_phone or ""))


def rows_of(thing: Customer | Vehicle) -> list[dict[str, Any]]:
    """The key rows of one thing."""
    kind = "vehicle" if isinstance(thing, Vehicle) else "customer"
    return [{"store_id": thing.store_id, "key": key, "target_id": thing.id, "kind": kind} for key in keys_of(thing)]


def add_keys(_mapper: Mapper[Any], connection: Connection, thing: Customer | Vehicle) -> None:
    """A new file is found from its first moment."""
    if rows := rows_of(thing):
        connection.execute(insert(SearchKey), rows)


def renew_keys(mapper: Mapper[Any], connection: Connection, thing: Customer | Vehicle) -> None:
    """A changed plate, VIN, name or phone is found under its new spelling only."""
    names = ("plate", "vin") if isinstance(thing, Vehicle) else ("name", "phone", "second_phone")
    if any(get_history(thing, name).has_changes() for name in names):
        connection.execute(delete(SearchKey).where(SearchKey.target_id == thing.id))
        add_keys(mapper, connection, thing)


for kind in (Customer, Vehicle):
    event.listen(kind, "after_insert", add_keys)
    event.listen(kind, "after_update", renew_keys)


def rebuild(db: Session, store_id: UUID) -> int:
    """Write all keys of a store anew, for files that were loaded in bulk; returns how many keys."""
    db.execute(delete(SearchKey).where(SearchKey.store_id == store_id))
    count = 0
    for model in (Customer, Vehicle):
        things = db.scalars(select(model).where(model.store_id == store_id).execution_options(yield_per=BATCH))
        for batch in things.partitions(BATCH):
            rows = [row for thing in batch for row in rows_of(thing)]  # type: ignore[arg-type]
            db.execute(insert(SearchKey), rows)
            count += len(rows)
            for thing in batch:
                db.expunge(thing)
    return count
