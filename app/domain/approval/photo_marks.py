"""A technician's ring and arrow as drawing instructions on an 800 × 600 picture.

Their one shape is told at `Photo.marks`; every page and paper that shows a photo draws them by `drawing`.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 800, 600
BARB = 62  # length of an arrow's barbs in px
SPREAD = 0.5  # radians to each side
FROZEN = 10_000  # marks in frozen content are whole ten-thousandths


@dataclass(frozen=True)
class Ring:
    """An ellipse."""

    cx: str
    cy: str
    rx: str
    ry: str


def share(value: float) -> float:
    """A share of the side: 0.52 as it is kept, 5200 as it is frozen."""
    return value / FROZEN if isinstance(value, int) else value


def drawing(marks: Iterable[Mapping[str, Any]] | None) -> list[Ring | str]:
    """All marks in their order: a ring to draw as an ellipse, an arrow as its path; an unknown kind is left out."""
    draw: dict[str, Callable[[Mapping[str, Any]], Ring | str]] = {"ring": ring, "arrow": arrow}
    return [draw[one["kind"]](one) for one in marks or [] if one.get("kind") in draw]


def rings(marks: Iterable[Mapping[str, Any]]) -> list[Ring]:
    """The ellipses among the marks."""
    return [one for one in drawing(marks) if isinstance(one, Ring)]


def ring(mark: Mapping[str, Any]) -> Ring:
    """One ellipse."""
    return Ring(px(mark["x"], WIDTH), px(mark["y"], HEIGHT), px(mark["rx"], WIDTH), px(mark["ry"], HEIGHT))


def arrows(marks: Iterable[Mapping[str, Any]]) -> list[str]:
    """The arrows among the marks, each as a path from its tail to its tip with two barbs."""
    return [one for one in drawing(marks) if isinstance(one, str)]


def arrow(mark: Mapping[str, Any]) -> str:
    """One arrow: tip at x, y, tail at dx, dy."""
    tip = (share(mark["x"]) * WIDTH, share(mark["y"]) * HEIGHT)
    tail = (share(mark["dx"]) * WIDTH, share(mark["dy"]) * HEIGHT)
    angle = math.atan2(tip[1] - tail[1], tip[0] - tail[0])
    ends = [f"{tip[0] - BARB * math.cos(angle + turn):.0f} {tip[1] - BARB * math.sin(angle + turn):.0f}"
            for turn in (SPREAD, -SPREAD)]
    return f"M{tail[0]:.0f} {tail[1]:.0f}L{tip[0]:.0f} {tip[1]:.0f}M{ends[0]}L{tip[0]:.0f} {tip[1]:.0f}L{ends[1]}"


def px(value: float, side: int) -> str:
    """A share of a side in whole px."""
    return f"{share(value) * side:.0f}"
