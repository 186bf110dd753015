"""A customer (客户): the person or company the shop answers to."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.models.base import Noted, StoreRow
from app.models.reception.folding import fold, spellings

if TYPE_CHECKING:
    from app.models.reception.vehicle import Vehicle


class Customer(Noted, StoreRow):
    """One customer's file (客户档案)."""

    __tablename__ = "customer"
    __table_args__ = (
        Index("ix_customer_store_id_phone", "store_id", "phone"),
        Index("ix_customer_store_id_initials", "store_id", "initials"),
        Index("ix_customer_store_id_folded_name", "store_id", "folded_name"),
    )

    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")  # 先生 女士, or nothing for a company
    kind: Mapped[str] = mapped_column(default="person")  # person, company
    folded_name: Mapped[str] = mapped_column(default="")  # simplified, half-width, lower case: what search reads
    initials: Mapped[str] = mapped_column(default="")  # pinyin initials: 沈雨桐 is syt
    phone: Mapped[str]
    phone_changed_at: Mapped[datetime | None]
    second_phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    contact_channel: Mapped[str] = mapped_column(default="phone")  # phone, sms, wechat
    contact_time: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="zh_CN")
    source: Mapped[str] = mapped_column(default="")
    wishes: Mapped[str] = mapped_column(default="")  # 希望得到的服务
    agrees_to_marketing: Mapped[bool] = mapped_column(default=False)
    follow_up_clerk_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]

    vehicles: Mapped[list["Vehicle"]] = relationship(back_populates="owner")

    @validates("name")
    def _spell(self, _key: str, name: str) -> str:
        self.folded_name = fold(name)
        self.initials = next(iter(spellings(name)), "")
        return name
