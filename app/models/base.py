"""What every kept thing shares: its id, its store, its types, and the line of history it may leave."""

import enum
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, ForeignKey, MetaData, Text, TypeDecorator, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, object_session

from app.domain.history import Actor

Json = JSON().with_variant(JSONB(), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times: nobody could say which zone they meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without its zone can't be kept.")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware moment in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def new_id() -> UUID:
    """A UUIDv7: sorts by birth, can be made anywhere."""
    return uuid_utils.compat.uuid7()


class Base(DeclarativeBase):
    """The registry of all mapped classes."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        UUID: Uuid(),
        str: Text(),
        int: BigInteger(),
        datetime: UtcDateTime(),
        dict[str, Any]: Json,
        list[Any]: Json,
        enum.Enum: Enum(enum.Enum, native_enum=False, length=40, values_callable=lambda e: [m.value for m in e]),
    }


class Row(Base):
    """A kept thing with an id of its own, known from the moment it is made."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True)

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", new_id())
        super().__init__(**values)


class StoreRow(Row):
    """A kept thing that belongs to one store."""

    __abstract__ = True

    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"), index=True)


class Noted:
    """Mixin: a thing whose verbs leave a line of history."""

    id: Mapped[UUID]
    store_id: Mapped[UUID]

    def note(self, event: str, *, by: Actor, at: datetime, **facts: Any) -> None:
        """Write the one history line of a verb; `event` is a key of `app.domain.sentences.SENTENCES`."""
        from app.models.history_line import HistoryLine

        line = HistoryLine(
            store_id=self.store_id,
            subject=type(self).__name__,
            subject_id=self.id,
            repair_order_id=getattr(self, "history_order_id", None),
            event=event,
            facts=facts,
            by_kind=by.kind,
            by_id=by.id,
            by_name=by.name,
            at=at,
        )
        self.__dict__.setdefault("_lines", []).append(line)
        if session := object_session(self):
            session.add(line)

    @property
    def fresh_lines(self) -> list[Any]:
        """The lines written since this thing was loaded or made, oldest first."""
        return list(self.__dict__.get("_lines", []))
