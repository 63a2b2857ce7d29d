"""Charts as the server draws them: rectangles and words of an SVG, in the units of its view box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT, HEAD = 360, 150, 18, 14
GAP = 0.28
"""Of a group's width that stays empty."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of a group."""

    x: float
    y: float
    width: float
    height: float
    series: int
    """0 for the first of the group."""
    value: int


@dataclass(frozen=True, slots=True)
class Group:
    """What stands over one label."""

    label: str
    middle: float
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Columns:
    """Groups of columns over a base line."""

    groups: Sequence[Group]
    most: int
    """The value that reaches the top."""
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - FOOT
    top: int = HEAD

    @property
    def middle(self) -> float:
        return (self.base + self.top) / 2


def columns(rows: Sequence[tuple[str, Sequence[int]]]) -> Columns:
    """A chart of these labels with their values; every row has as many. Where there are many labels, only some show."""
    most = max([value for _label, values in rows for value in values], default=0)
    scale = (HEIGHT - FOOT - HEAD) / (most or 1)
    step = WIDTH / max(len(rows), 1)
    every = -(-len(rows) // 12)
    groups = []
    for number, (label, values) in enumerate(rows):
        left, width = number * step + step * GAP / 2, step * (1 - GAP) / max(len(values), 1)
        bars = [
            Bar(
                x=round(left + place * width, 2),
                y=round(HEIGHT - FOOT - value * scale, 2),
                width=round(width * 0.9, 2),
                height=round(value * scale, 2),
                series=place,
                value=value,
            )
            for place, value in enumerate(values)
        ]
        groups.append(Group(label if number % every == 0 else "", round((number + 0.5) * step, 2), bars))
    return Columns(groups, most)
