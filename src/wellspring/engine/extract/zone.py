"""Where credits stand: between headline and report, at the report's edges, and just below it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .dates import DATE
from .dom import Line, Page

_COLON: Final = re.compile("[：:]")
_LABEL: Final = re.compile(
    r"^(?:信息|文章|新闻|稿件|内容)?(?:来\s?源|來源|作\s?者|责任编辑|責任編輯|责编|编\s?辑|編輯|记\s?者|記者|撰稿|发布(?:单位|机构|部门|者|人))"
    r"\s?[：:]?$"
)


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
    return _labels_joined([line for line in lines if line.image is None and not line.element.hidden])


def _labels_joined(lines: list[Line]) -> list[Line]:
    """A label that has a line of its own (<dt>, <th>, a cell) together with the line after it."""
    joined: list[Line] = []
    label: Line | None = None
    for line in lines:
        text = line.text
        if (
            label is not None
            and label.element.parent is line.element.parent
            and len(text) <= 40
            and not _LABEL.match(text)
            and "：" not in text
            and ":" not in text[:8]
        ):
            name = label.text.rstrip("：: ")
            joined[-1] = Line(f"{name}：{text}", line.element, line.links, line.bold)
            label = None
            continue
        joined.append(line)
        label = line if len(text) <= 8 and _LABEL.match(text) else None
    return joined


def _by_time(lines: list[Line]) -> list[Line]:
    return [line for line in lines if len(line.text) < 200 and DATE.search(line.text)]
