"""Numbers of papers: one series a store, a kind and a day, counted inside the transaction that uses the number."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.models.office.store import NumberSeries, Store

PREFIXES = {
    "intake_contract": "WT",  # 维修委托书
    "estimate": "BJD",  # 报价单
    "approval": "ZX",  # 增项确认书
    "settlement": "JS",  # 结算清单
}


def next_number(db: Session, store: Store, kind: str, at: datetime) -> str:
    """`BJ-261121-014` for an order, `ZX20261121-018` for a paper; the day is the store's own."""
    local = at.astimezone(ZoneInfo(store.time_zone))
    count = next_count(db, store, kind, f"{local:%y%m%d}")
    if kind == "order":
        return f"{store.code}-{local:%y%m%d}-{count:03}"
    return f"{PREFIXES[kind]}{local:%Y%m%d}-{count:03}"


def next_count(db: Session, store: Store, kind: str, day: str) -> int:
    """One more than the last; the row stays locked until the commit, so no two get the same."""
    insert: Any = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(NumberSeries).values(store_id=store.id, kind=kind, day=day, last=1)
    statement = statement.on_conflict_do_update(
        index_elements=["store_id", "kind", "day"], set_={"last": NumberSeries.last + 1}
    ).returning(NumberSeries.last)
    return int(db.execute(statement).scalar_one())
