"""Where credits stand: between headline and report, at the report's edges, and just below it."""

from __future__ import annotations

from dataclasses import dataclass

from .dom import Line, Page
from .times import DATE


@dataclass(slots=True)
class Zone:
    """Lines by where they stand. Numbers are line numbers of the page, None where unknown."""

    title: int | None
    first: int | None
    head: list[Line]
    """From a little above the headline to the report."""
    credits: list[Line]
    """Short lines between headline and report."""
    opening: list[Line]
    """The report's first lines."""
    closing: list[Line]
    """The report's last lines, the last one first."""
    tail: list[Line]
    """The lines below the report."""
    by_time: list[Line]
    """Lines of the head with a date in them, and their neighbours."""

    @property
    def edge(self) -> list[Line]:
        return [*self.opening[:2], *reversed(self.closing[:5]), *self.tail]


def zone_of(page: Page, title: int | None, numbers: list[int]) -> Zone:
    """The zone around a report that holds the lines of these numbers."""
    lines = page.lines
    shown = [number for number in numbers if lines[number].image is None]
    if not shown:
        start = 0 if title is None else max(0, title - 4)
        head = _shown(lines[start : start + 30])
        return Zone(title, None, head, [], [], [], [], _by_time(head))
    first, last = shown[0], shown[-1]
    top = first - 25 if title is None else min(title, first) - 6
    head = _shown(lines[max(0, top, first - 40) : first])
    below = head[-25:] if title is None else _shown(lines[max(0, title, first - 40) : first])
    return Zone(
        title,
        first,
        head,
        [line for line in below[-12:] if len(line.text) < 60],
        [lines[number] for number in shown[:4]],
        _shown(lines[shown[-6:][0] : last + 1])[::-1],
        _shown(lines[last + 1 : last + 14]),
        _by_time(below),
    )


def _shown(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.image is None and not line.element.hidden]


def _by_time(lines: list[Line]) -> list[Line]:
    return [line for line in lines if len(line.text) < 200 and DATE.search(line.text)]
