"""Changing the price of a line on an estimate: never without a reason, a discount never beyond one's authority."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.domain.approval.pricing import PartPrice, minutes_for, price
from app.domain.errors import Invalid, NotAllowed
from app.domain.history import Actor
from app.domain.money import rounded
from app.domain.workshop.add_on import AddOnStatus

if TYPE_CHECKING:
    from app.models.reception.order_line import OrderLinePart
    from app.models.workshop.add_on import AddOn

PAYERS = ("customer", "manufacturer_warranty", "insurer", "goodwill", "prepaid", "internal")
UNDISCOUNTED = ("manufacturer_warranty", "insurer", "prepaid")  # rates.json discount_rules
OPEN = (AddOnStatus.PROPOSED, AddOnStatus.RETURNED, AddOnStatus.REVIEWED)


@dataclass(frozen=True)
class DiscountLimit:
    """What a role may take off a line: percent of labour, percent of parts, and fen in all (rates.json)."""

    labour_percent: int = 0
    parts_percent: int = 0
    fixed_fen: int = 0
    may_go_below_floor: bool = False

    def of_line(self, labour_fen: int, parts_fen: int) -> int:
        """The most that may come off a line of this labour and these parts."""
        share = rounded(labour_fen * self.labour_percent + parts_fen * self.parts_percent, 100)
        return min(share, self.fixed_fen)


def widest(limits: list[dict[str, Any]]) -> DiscountLimit:
    """The widest authority among a person's roles."""
    return DiscountLimit(
        labour_percent=max((row["labour_percent"] for row in limits), default=0),
        parts_percent=max((row["parts_percent"] for row in limits), default=0),
        fixed_fen=max((row["fixed_fen"] for row in limits), default=0),
        may_go_below_floor=any(row["role"] in ("service_director", "general_manager") for row in limits),
    )


def refuse_closed(add_on: "AddOn") -> None:
    """Raise for a line whose price the customer is looking at or has agreed to (AE-066)."""
    if add_on.status not in OPEN:
        raise NotAllowed("%(title)s was sent to the customer. Take it back first; a new version will be needed.",
                         title=add_on.title_zh)


def reprice(
    add_on: "AddOn", *, hours_x100: int, discount_fen: int, payer: str, reason: str, limit: DiscountLimit,
    floor_percent: int, by: Actor, at: datetime
) -> None:
    """Change hours (×100), discount (fen) or payer; a price other than the catalogue's needs its reason (R4)."""
    refuse_closed(add_on)
    if payer not in PAYERS:
        raise Invalid("payer", "Say who pays.")
    if not 0 <= hours_x100 <= 100_00:
        raise Invalid("hours", "Hours lie between 0 and 100.")
    parts = [PartPrice(part.quantity_x100, part.price_fen) for part in add_on.parts]
    before = price(hours_x100, add_on.rate_fen, parts)
    refuse_discount(before.labour_fen, before.parts_fen, discount_fen, payer=payer, limit=limit)
    after = price(hours_x100, add_on.rate_fen, parts, discount_fen=discount_fen)
    if after.total_fen != add_on.list_total_fen and not reason.strip():
        raise Invalid("reason", "The price differs from the catalogue. Say why; the reason stays with the line.")
    if after.total_fen * 100 < add_on.list_total_fen * floor_percent and not limit.may_go_below_floor:
        raise Invalid("discount", "This is below the lowest price of the line. The service director may decide it.")
    apply(add_on, hours_x100=hours_x100, discount_fen=discount_fen)
    add_on.payer, add_on.price_reason = payer, reason.strip()
    add_on.note("add_on.repriced", by=by, at=at, title=add_on.title_zh, reason=reason.strip() or "—",
                total_fen=add_on.total_fen, payer=payer)


def refuse_discount(labour_fen: int, parts_fen: int, discount_fen: int, *, payer: str, limit: DiscountLimit) -> None:
    """Raise for a discount on a line nobody may discount, or beyond this person's authority."""
    if discount_fen < 0:
        raise Invalid("discount", "Write the amount in yuan, like 1030.00.")
    if discount_fen and payer in UNDISCOUNTED:
        raise Invalid("discount", "Nothing is taken off a line that warranty, insurance or a package pays.")
    allowed = limit.of_line(labour_fen, parts_fen)
    if discount_fen > allowed:
        raise Invalid("discount", "Your role may take off at most %(yuan)s here. Ask the service director for more.",
                      yuan=f"{allowed / 100:.2f}")


def apply(add_on: "AddOn", *, hours_x100: int, discount_fen: int) -> None:
    """Sum the line up again."""
    parts = [PartPrice(part.quantity_x100, part.price_fen) for part in add_on.parts]
    found = price(hours_x100, add_on.rate_fen, parts, discount_fen=discount_fen)
    add_on.hours_x100, add_on.discount_fen = hours_x100, discount_fen
    add_on.labour_fen, add_on.parts_fen, add_on.total_fen = found.labour_fen, found.parts_fen, found.total_fen
    add_on.extra_minutes = minutes_for(hours_x100)


def choose_part(part: "OrderLinePart", chosen: Any, *, by: Actor, at: datetime) -> None:
    """Take another part of the same family (原厂, 同质 or 修复) at its list price; no reason is needed for that."""
    add_on: AddOn = part.line  # type: ignore[assignment]
    refuse_closed(add_on)
    difference = PartPrice(part.quantity_x100, chosen.list_price_fen).amount_fen - part.amount_fen
    part.part_id, part.part_no, part.part_class = chosen.id, chosen.part_no, chosen.part_class
    part.name_zh, part.name_en, part.unit_zh = chosen.name_zh, chosen.name_en, chosen.unit_zh
    part.price_fen, part.amount_fen = chosen.list_price_fen, part.amount_fen + difference
    add_on.list_total_fen += difference
    apply(add_on, hours_x100=add_on.hours_x100, discount_fen=0)  # a discount was granted on the other price
    add_on.note("add_on.part_chosen", by=by, at=at, title=add_on.title_zh, part=chosen.name_zh)
