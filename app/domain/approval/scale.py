"""The scale of a measured value: where it lies between replace, watch and good, in percent of the drawing's width."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.money import rounded

FINE_UNITS = ("mm", "V", "%")  # shown with one decimal even when it is a zero


@dataclass(frozen=True)
class Zone:
    """One coloured stretch; `is_on` where the value lies."""

    state: str
    left: str
    width: str
    middle: str
    is_on: bool


@dataclass(frozen=True)
class Mark:
    """A place on the scale with its words; `anchor` keeps the words inside the drawing."""

    at: str
    label_at: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Scale:
    """All that the drawing needs."""

    zones: tuple[Zone, ...]
    value: Mark
    limits: tuple[Mark, ...]


def figure(x1000: int, unit: str = "") -> str:
    """`2400` as `2.4`, `3000` mm as `3.0`, `12600` kPa as `12.6`."""
    text = f"{x1000 / 1000:.3f}".rstrip("0").rstrip(".")
    return f"{text}.0" if unit in FINE_UNITS and "." not in text else text


def measure(x1000: int | None, unit: str) -> str:
    """The figure and its unit, joined so that no line break comes between."""
    return "" if x1000 is None else f"{figure(x1000, unit)}\u00a0{unit}".rstrip("\u00a0")


def scale(line: Mapping[str, Any], *, edge: int = 2_200) -> Scale | None:
    """The drawing of a frozen line; None where nothing was measured or no limit is known. `edge`: see `mark`."""
    frame, value = line.get("scale"), line.get("value_x1000")
    if not frame or value is None or frame["max_x1000"] <= frame["min_x1000"]:
        return None
    rows = [row for row in frame["zones"] if row["to_x1000"] > row["from_x1000"]]
    zones = tuple(zone(row, frame, value, line["state"]) for row in rows)
    limit = line.get("limit") or {}
    bounds = [bound for bound in (limit.get("low_x1000"), limit.get("high_x1000"))
              if bound is not None and frame["min_x1000"] <= bound <= frame["max_x1000"]]
    unit = line["unit"]
    return Scale(zones, mark(value, frame, measure(value, unit), edge),
                 tuple(mark(bound, frame, measure(bound, unit), 2_200) for bound in bounds))


def zone(row: Mapping[str, Any], frame: Mapping[str, Any], value: int, state: str) -> Zone:
    """One stretch; the value's own is strong, which of two touching ones is said by the finding's state."""
    low, high = percent(row["from_x1000"], frame), percent(row["to_x1000"], frame)
    is_on = row["state"] == state and row["from_x1000"] <= value <= row["to_x1000"]
    return Zone(row["state"], shown(low), shown(high - low), shown((low + high) // 2), is_on)


def mark(x1000: int, frame: Mapping[str, Any], text: str, edge: int) -> Mark:
    """A value or a limit with its words; nearer to an end than `edge` hundredths of a percent they begin or end there."""
    at = percent(x1000, frame)
    if at < edge:
        return Mark(shown(at), "0", "start", text)
    if at > 10_000 - edge:
        return Mark(shown(at), "100%", "end", text)
    return Mark(shown(at), shown(at), "middle", text)


def percent(x1000: int, frame: Mapping[str, Any]) -> int:
    """Hundredths of a percent from the left, inside the drawing."""
    low, high = frame["min_x1000"], frame["max_x1000"]
    return min(10_000, max(0, rounded((x1000 - low) * 10_000, high - low)))


def shown(hundredths: int) -> str:
    """`2000` as `20.00%`."""
    return f"{hundredths // 100}.{hundredths % 100:02}%"
