"""What is drawn on paper by figures: the QR of the verify page and the bar of a measured value."""

from dataclasses import dataclass
from typing import Any

import segno
from markupsafe import Markup

from app import languages

LEFT, RIGHT = 2.0, 288.0
LONGEST_LIMIT = 24  # characters
COLOURS = {  # value's own zone in full colour, the others pale; hex because the press reads no variables inside svg
    "replace": ("#c4362b", "#fbe5e1"), "watch": ("#e0a030", "#fbf0d9"), "good": ("#1f8248", "#e0f2e5"),
}


@dataclass(frozen=True)
class Zone:
    """One stretch of the bar with the shape of its state in the middle."""

    state: str
    x: float
    width: float
    fill: str
    ink: str

    @property
    def middle(self) -> float:
        """Where the shape stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Label:
    """A text beside the bar, and where its middle stands so that none of it leaves the bar."""

    text: str
    x: float


@dataclass(frozen=True)
class Scale:
    """The bar of one value: its zones, where the value and the limit lie, and their words."""

    zones: list[Zone]
    value_at: float
    value: Label
    limit_at: float | None
    limit: Label | None


def label(text: str, at: float) -> Label:
    """The text over a place of the bar; letters are about half as wide as 汉字."""
    half = sum(6.2 if character.isascii() else 11.2 for character in text) / 2
    return Label(text, round(min(max(at, LEFT + half), max(RIGHT - half, LEFT + half)), 1))


def qr(text: str) -> Markup:
    """A QR code as inline SVG."""
    return Markup(segno.make(text, error="m", micro=False).svg_inline(border=0, omitsize=True))  # noqa: S704


def scale_of(line: dict[str, Any]) -> Scale | None:
    """The bar of a line, if its value was measured and its limits are known."""
    scale, value = line["scale"], line["value_x1000"]
    if not scale or not isinstance(value, int):
        return None
    low, high = scale["min_x1000"], scale["max_x1000"]
    if not (isinstance(low, int) and isinstance(high, int) and high > low):
        return None
    limit = limit_of(line["limit"] or {}, low, high)

    def place(figure: int) -> float:
        inside = min(max(figure, low), high)
        return round(LEFT + (RIGHT - LEFT) * (inside - low) / (high - low), 1)

    rows = scale["zones"] or zones_between(scale, limit)
    zones = [zone(row, place, line["state"]) for row in rows if row["to_x1000"] > row["from_x1000"]]
    value_at, limit_at = place(value), None if limit is None else place(limit)
    return Scale(zones, value_at, label(value_text(line), value_at), limit_at,
                 None if limit_at is None else label(limit_text(line, limit), limit_at))


def value_text(line: dict[str, Any]) -> str:
    """`左前实测 2.4 mm`."""
    position = languages.say((line["point"] or {}).get("position"))
    gap = " " if languages.language.get() == "en" and position else ""
    return f"{position}{gap}{languages.translate('measured')} {line['value_x1000'] / 1000:g} {line['unit']}"


def limit_text(line: dict[str, Any], limit: int | None) -> str:
    """The limit in the words of the list where they are short, else its figure."""
    words = languages.say((line["limit"] or {}).get("text"))
    return words if 0 < len(words) <= LONGEST_LIMIT else (
        f"{languages.translate('limit')} {(limit or 0) / 1000:g} {line['unit']}")


def zone(row: dict[str, Any], place: Any, state: str) -> Zone:
    """One stretch; the value's own is drawn strong."""
    strong, pale = COLOURS[row["state"]]
    start, end = place(row["from_x1000"]), place(row["to_x1000"])
    is_own = row["state"] == state
    return Zone(row["state"], start, round(end - start, 1), strong if is_own else pale, "#fff" if is_own else strong)


def limit_of(limit: dict[str, Any], low: int, high: int) -> int | None:
    """The bound that lies inside the bar."""
    bounds = [limit.get("low_x1000"), limit.get("high_x1000")]
    return next((bound for bound in bounds if isinstance(bound, int) and low < bound < high), None)


def zones_between(scale: dict[str, Any], limit: int | None) -> list[dict[str, Any]]:
    """Stretches where the content names only edges: below the limit replace, to the watch edge watch, then good."""
    low, high = scale["min_x1000"], scale["max_x1000"]
    watch = scale["watch_x1000"] if isinstance(scale["watch_x1000"], int) else None
    edges = [low, limit or low, watch or limit or low, high]
    return [{"state": state, "from_x1000": start, "to_x1000": end}
            for state, start, end in zip(COLOURS, edges[:-1], edges[1:], strict=True)]
