"""What a line costs: standard hours at the posted rate, parts at list price, nothing typed as a lump (D R4)."""

from dataclasses import dataclass, field

from app.domain.money import times

UNCHARGED_PAYERS = {"goodwill", "internal", "manufacturer_warranty", "prepaid", "insurer"}


@dataclass(frozen=True)
class PartPrice:
    """A quantity (×100) of a part at fen each."""

    quantity_x100: int
    price_fen: int

    @property
    def amount_fen(self) -> int:
        """Quantity times price, rounded half up to the fen."""
        return times(self.quantity_x100, self.price_fen)


@dataclass(frozen=True)
class LinePrice:
    """The price of one line, split as paper and page show it; all in fen."""

    labour_fen: int
    parts_fen: int
    discount_fen: int = 0
    parts: tuple[PartPrice, ...] = field(default=())

    @property
    def total_fen(self) -> int:
        """What the line costs whoever pays it; never below zero."""
        return max(0, self.labour_fen + self.parts_fen - self.discount_fen)


def price(hours_x100: int, rate_fen: int, parts: list[PartPrice], *, discount_fen: int = 0) -> LinePrice:
    """1.5 h at 180.00 and 2 parts at 245.00 make 270.00 + 490.00 = 760.00 (AE-062)."""
    return LinePrice(
        labour_fen=times(hours_x100, rate_fen),
        parts_fen=sum(part.amount_fen for part in parts),
        discount_fen=discount_fen,
        parts=tuple(parts),
    )


def customer_owes(total_fen: int, payer: str) -> int:
    """What of a line the customer pays: all of it, or nothing when another payer does (R-CORE-28, B-30)."""
    return 0 if payer in UNCHARGED_PAYERS else total_fen


def minutes_for(hours_x100: int) -> int:
    """Standard hours as minutes of extra time in the bay."""
    return -(-hours_x100 * 60 // 100)
