"""The sample reports: text files with a small header, read into frozen records.

A file is a header of `name: value` lines, an empty line, then blocks divided by empty lines: a paragraph,
`## a sub-heading`, or `[scene.jpg] caption` for a picture. `published: 3d 09:12` is a time of day three days before
the demo's start; `published: +40s` is a report that arrives while one looks. A reprint has no text of its own but
`reprint_of: <outlet>/<number>`. `pages: 3` lets its own site show it on so many pages. `{day}` and `{day-2}` in a text
become a date like 11月21日.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable

from .clock import DemoClock
from .errors import ReportUnreadable

_MOMENT = re.compile(r"(?:(\d+)d (\d\d):(\d\d)|\+(\d+)s)")
_PICTURE = re.compile(r"\[([a-z0-9-]+\.(?:jpg|png|webp))\] (.+)")
_DAY = re.compile(r"\{day(?:-(\d+))?\}")
_HEADER = {"title", "published", "column", "source", "authors", "editor", "reprint_of", "mark", "pages"}


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a report."""

    kind: str
    """`paragraph`, `heading` or `picture`."""
    text: str
    """Of a picture its caption."""
    picture: str = ""
    """File name of a picture."""


@dataclass(frozen=True, slots=True)
class Report:
    outlet: str
    number: int
    title: str
    column: str
    published_at: datetime
    arrives_at: datetime | None
    """When it appears on its site; None: from the start."""
    source: str
    """来源 as printed; empty: the outlet itself."""
    authors: tuple[str, ...]
    editor: str
    reprint_of: str
    """`<outlet>/<number>` of the report that this one repeats word for word."""
    mark: str
    """A line such as 本文转自… in front of the text."""
    parts: tuple[Part, ...]
    page_count: int = 1
    """On how many pages its own site shows it."""

    @property
    def pages(self) -> list[tuple[Part, ...]]:
        """Its parts as its pages show them."""
        size = -(-len(self.parts) // self.page_count)
        return [self.parts[start : start + size] for start in range(0, len(self.parts), size)]

    @property
    def key(self) -> str:
        return f"{self.outlet}/{self.number}"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(part.text for part in self.parts if part.kind == "paragraph")

    @property
    def pictures(self) -> tuple[str, ...]:
        return tuple(part.picture for part in self.parts if part.kind == "picture")

    @property
    def summary(self) -> str:
        """The first sentences, at most 90 characters."""
        first = self.paragraphs[0]
        return first if len(first) <= 90 else first[:88] + "……"

    def is_out(self, now: datetime) -> bool:
        """Whether the site shows it at this moment."""
        return self.arrives_at is None or self.arrives_at <= now


def read_reports(clock: DemoClock) -> tuple[Report, ...]:
    """Every sample report, newest first, with times reckoned from the demo's start.

    Raises ReportUnreadable naming the file that does not follow the form.
    """
    reports = {report.key: report for report in _own_and_reprints(clock)}
    for key, report in reports.items():
        if report.reprint_of:
            original = reports.get(report.reprint_of)
            if original is None or original.reprint_of:
                raise ReportUnreadable(path=key, detail=f"there is no original {report.reprint_of}")
            reports[key] = replace(
                report,
                title=report.title or original.title,
                authors=original.authors,
                source=report.source or original.source,
                parts=original.parts,
            )
    return tuple(sorted(reports.values(), key=lambda r: (r.published_at, r.key), reverse=True))


def _own_and_reprints(clock: DemoClock) -> Iterator[Report]:
    for folder in sorted(files(__package__).joinpath("reports").iterdir(), key=lambda f: f.name):
        if folder.is_dir() and not folder.name.startswith("_"):
            for file in sorted(folder.iterdir(), key=lambda f: f.name):
                if file.name.endswith(".txt"):
                    yield _read(file, folder.name, clock)


def _read(file: Traversable, outlet: str, clock: DemoClock) -> Report:
    head, _, text = file.read_text("utf-8").partition("\n\n")
    values: dict[str, str] = {}
    for line in head.splitlines():
        name, colon, value = line.partition(":")
        if not colon or name not in _HEADER:
            raise ReportUnreadable(path=file.name, detail=f"header line {line!r}")
        values[name] = value.strip()
    moment = _MOMENT.fullmatch(values.get("published", ""))
    number = re.match(r"\d+", file.name)
    if moment is None or number is None:
        raise ReportUnreadable(path=file.name, detail="no number in its name or no time")
    days, hour, minute, seconds = moment.groups()
    arrives = clock.seconds_after(int(seconds)) if seconds else None
    published = arrives or clock.days_before(int(days), int(hour), int(minute))
    if not values.get("reprint_of") and not (values.get("title") and text.strip()):
        raise ReportUnreadable(path=file.name, detail="no title or no text")
    return Report(
        outlet=outlet,
        number=int(number.group()),
        title=values.get("title", ""),
        column=values.get("column", ""),
        published_at=published,
        arrives_at=arrives,
        source=values.get("source", ""),
        authors=tuple(filter(None, re.split(r"[、,，]\s*", values.get("authors", "")))),
        editor=values.get("editor", ""),
        reprint_of=values.get("reprint_of", ""),
        mark=values.get("mark", ""),
        parts=tuple(_parts(text, published)),
        page_count=int(values.get("pages", "1")),
    )


def _parts(text: str, published: datetime) -> Iterator[Part]:
    def day(match: re.Match[str]) -> str:
        then = published - timedelta(days=int(match.group(1) or 0))
        return f"{then.month}月{then.day}日"

    for block in filter(None, (block.strip() for block in text.split("\n\n"))):
        dated = _DAY.sub(day, block)
        picture = _PICTURE.fullmatch(dated)
        if picture:
            yield Part("picture", picture.group(2), picture.group(1))
        elif dated.startswith("## "):
            yield Part("heading", dated[3:].strip())
        else:
            yield Part("paragraph", "".join(line.strip() for line in dated.splitlines()))
