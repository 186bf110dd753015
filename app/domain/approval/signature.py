"""A handwritten signature (手写签名): only its points are taken, and the server draws the picture itself (S-22)."""

import json
import math
import re
from dataclasses import dataclass
from typing import Any

from app.domain.errors import Invalid

MAX_BYTES = 200_000
MIN_POINTS = 30  # or two strokes
MIN_SHARE = 0.08  # of the canvas, for the box around the ink
MIN_MILLISECONDS = 400
MAX_MILLISECONDS = 3_600_000
SIDES = (60, 8_000)  # a canvas's shortest and longest side in px

UNREADABLE = "The signature could not be read. Please write it again."

Point = tuple[int, int]


@dataclass(frozen=True)
class Strokes:
    """Ink on a canvas of width × height, in whole px, and how long the writing took."""

    strokes: tuple[tuple[Point, ...], ...]
    width: int
    height: int
    duration_ms: int

    @property
    def points(self) -> list[Point]:
        """Every point of every stroke."""
        return [point for stroke in self.strokes for point in stroke]

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, width and height of the ink."""
        xs, ys = zip(*self.points, strict=True)
        return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)

    @property
    def facts(self) -> dict[str, Any]:
        """What is kept beside the picture (approval.md §2.4)."""
        return {"strokes": len(self.strokes), "points": len(self.points), "duration_ms": self.duration_ms,
                "canvas": [self.width, self.height]}


def read_canvas(text: str) -> tuple[int, int]:
    """`612x300` as the width and height of the canvas in px."""
    found = re.fullmatch(r"(\d{1,4})x(\d{1,4})", text.strip())
    if not found or not all(SIDES[0] <= int(side) <= SIDES[1] for side in found.groups()):
        raise Invalid("signature", UNREADABLE)
    return int(found[1]), int(found[2])


def read_strokes(text: str, canvas: str | tuple[int, int]) -> Strokes:
    """Strokes from signature_pad's `toData()` as JSON; refuses what no hand wrote: blank, a dot, a script, too much."""
    width, height = read_canvas(canvas if isinstance(canvas, str) else f"{canvas[0]}x{canvas[1]}")
    if not text.strip():
        raise Invalid("signature", "There is no signature yet. Please write your name in the box.")
    if len(text.encode()) > MAX_BYTES:
        raise Invalid("signature", "The signature has too many strokes. Please write just your name.")
    groups = [points_of(group) for group in parsed(text)]
    drawn = tuple(tuple(clamped(x, y, width, height) for x, y, _ in group) for group in groups if group)
    times = [time for group in groups for *_, time in group]
    ink = Strokes(drawn, width, height, int(max(times) - min(times)) if times else 0)
    refuse_too_little(ink)
    return ink


def parsed(text: str) -> list[Any]:
    """The JSON as a list; NaN and Infinity are no JSON."""
    try:
        groups = json.loads(text, parse_constant=lambda _: 1 / 0)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Invalid("signature", UNREADABLE) from error
    if not isinstance(groups, list) or len(groups) > 500:
        raise Invalid("signature", UNREADABLE)
    return groups


def points_of(group: Any) -> list[tuple[float, float, float]]:
    """The (x, y, time) of one stroke."""
    points = group.get("points") if isinstance(group, dict) else None
    if not isinstance(points, list):
        raise Invalid("signature", UNREADABLE)
    return [(figure(point, "x", 20_000), figure(point, "y", 20_000), figure(point, "time", 1e14)) for point in points]


def figure(point: Any, key: str, bound: float) -> float:
    """One bounded number of a point."""
    value = point.get(key) if isinstance(point, dict) else None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or abs(value) > bound:
        raise Invalid("signature", UNREADABLE)
    return float(value)


def clamped(x: float, y: float, width: int, height: int) -> Point:
    """The point in whole px; a finger that left the canvas is kept at its edge."""
    return round(min(max(x, 0), width)), round(min(max(y, 0), height))


def refuse_too_little(ink: Strokes) -> None:
    """Raise unless this much ink can be a name."""
    if not ink.strokes:
        raise Invalid("signature", "There is no signature yet. Please write your name in the box.")
    *_, wide, high = ink.box
    is_scant = len(ink.strokes) < 2 and len(ink.points) < MIN_POINTS
    is_small = wide * high < MIN_SHARE * ink.width * ink.height
    if is_scant or is_small or not MIN_MILLISECONDS <= ink.duration_ms <= MAX_MILLISECONDS:
        raise Invalid("signature", "The signature is very short. Please write your whole name, large, in the box.")


def svg(strokes: Strokes) -> str:
    """The picture, drawn from the points alone and cut to the ink; the line takes the colour of the text around it."""
    left, top, wide, high = strokes.box
    edge = max(6, round(0.04 * max(wide, high)))
    thick = max(2, round(max(wide, high) / 110))
    paths = "".join(f'<path d="{path(stroke)}"/>' for stroke in strokes.strokes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left - edge} {top - edge} {wide + 2 * edge} '
        f'{high + 2 * edge}"><g fill="none" stroke="currentColor" stroke-width="{thick}" stroke-linecap="round" '
        f'stroke-linejoin="round">{paths}</g></svg>'
    )


def path(stroke: tuple[Point, ...]) -> str:
    """A smooth line: curves whose ends lie midway between the points; a single point becomes a dot."""
    (x, y), *rest = stroke
    if not rest:
        return f"M{x} {y}h0"
    curves = [f"Q{a} {b} {round((a + c) / 2)} {round((b + d) / 2)}"
              for (a, b), (c, d) in zip(stroke, rest, strict=False)]
    return f"M{x} {y}{''.join(curves)}L{rest[-1][0]} {rest[-1][1]}"
