"""The catalogue: operations (作业), parts (配件) and labour rates, starter content the shop edits."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Operation(Base):
    """A labour operation with its standard hours (工时定额) and related operations."""

    __tablename__ = "operation"

    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    initials: Mapped[str] = mapped_column(default="")
    business_line: Mapped[str] = mapped_column(index=True)
    trade: Mapped[str]
    system: Mapped[str]
    service_class: Mapped[str]
    hours_x100: Mapped[int]
    is_safety: Mapped[bool]
    default_payer: Mapped[str]
    care_programme: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]]  # parts, related, overlaps, excludes, guarantee, after_effect, steps, benefits
    is_active: Mapped[bool] = mapped_column(default=True)


class OperationAlias(Base):
    """Another id for the same work, as inspection points and rules use."""

    __tablename__ = "operation_alias"

    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"), primary_key=True)
    alias: Mapped[str] = mapped_column(primary_key=True)
    operation_id: Mapped[str]
    alternatives: Mapped[list[Any]] = mapped_column(default=list)
    choose_zh: Mapped[str] = mapped_column(default="")


class Part(Base):
    """A part, oil or care product with class, price and stock."""

    __tablename__ = "part"

    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    family: Mapped[str] = mapped_column(index=True)
    part_no: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    category: Mapped[str]
    part_class: Mapped[str]
    unit_zh: Mapped[str]
    list_price_fen: Mapped[int]
    cost_fen: Mapped[int]
    stock: Mapped[int]
    supplier_lead_days: Mapped[int]
    is_consumable: Mapped[bool]
    fits: Mapped[list[Any]]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_active: Mapped[bool] = mapped_column(default=True)


class LabourRate(Base):
    """Fen per hour for a trade."""

    __tablename__ = "labour_rate"

    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"), primary_key=True)
    trade: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    rate_fen: Mapped[int]
    cost_fen: Mapped[int] = mapped_column(default=0)


class ContentItem(Base):
    """Any other piece of the shop's own content: phrases, rules, check lists, texts; kept as its file holds it."""

    __tablename__ = "content_item"

    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)  # jargon, forbidden, targeted_rule, check_list, legal_text …
    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    content: Mapped[dict[str, Any]]
