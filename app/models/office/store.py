"""A store (门店): the legal person on every paper, with its settings and number series."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Noted, Row


class Store(Noted, Row):
    """One dealership's service department."""

    __tablename__ = "store"

    code: Mapped[str] = mapped_column(unique=True)  # two letters at the head of every number: BJ
    name: Mapped[str]  # 澄湖汽车服务中心
    legal_name: Mapped[str]
    credit_code: Mapped[str]  # 统一社会信用代码
    filing_no: Mapped[str]  # 维修经营备案编号
    address: Mapped[str]
    phone: Mapped[str]
    complaint_phone: Mapped[str]
    time_zone: Mapped[str] = mapped_column(default="Asia/Shanghai")
    opens_at: Mapped[str] = mapped_column(default="08:30")
    closes_at: Mapped[str] = mapped_column(default="17:30")

    settings: Mapped[list["StoreSetting"]] = relationship(back_populates="store", cascade="all, delete-orphan")

    @property
    def store_id(self) -> UUID:  # type: ignore[override]
        """A store belongs to itself."""
        return self.id

    def setting(self, key: str) -> Any:
        """The value this store chose, else the house default (`app.domain.office.setting.DEFAULTS`)."""
        from app.domain.office.setting import DEFAULTS

        return next((row.value["value"] for row in self.settings if row.key == key), DEFAULTS[key])


class StoreSetting(Base):
    """One choice of a store, e.g. how long an estimate stays open."""

    __tablename__ = "store_setting"

    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]

    store: Mapped[Store] = relationship(back_populates="settings")


class NumberSeries(Base):
    """The last number given out for a kind of paper on one day."""

    __tablename__ = "number_series"

    store_id: Mapped[UUID] = mapped_column(ForeignKey("store.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(primary_key=True)  # YYMMDD in the store's zone
    last: Mapped[int]
