"""Pages and feeds of an outlet as text, made from the templates under `styles/<outlet>/`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from importlib.resources import as_file, files
from pathlib import Path

from django.template import Context, Engine

from .outlets import OUTLETS, Outlet
from .reports import Report

FOOT = "示例站点：本站为演示“源动力”资讯快照而设，机构、地名、人物与报道均为演示而写，与现实无关。"
_NAMES = {outlet.slug: outlet.name for outlet in OUTLETS}


def _styles() -> Path:
    with as_file(files(__package__).joinpath("styles")) as folder:
        return folder


_ENGINE = Engine(dirs=[str(_styles())])


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list, feed or sitemap."""

    title: str
    href: str
    published_at: datetime
    summary: str = ""
    column: str = ""
    source: str = ""
    picture: str = ""
    authors: tuple[str, ...] = ()

    @property
    def words(self) -> dict[str, str]:
        """What templates print: every value already text."""
        then = self.published_at
        return {
            "title": self.title,
            "href": self.href,
            "summary": self.summary,
            "column": self.column,
            "source": self.source,
            "picture": self.picture,
            "author": "、".join(self.authors),
            **_dates(then),
        }


def _dates(then: datetime) -> dict[str, str]:
    return {
        "day": f"{then:%Y-%m-%d}",
        "short_day": f"{then:%m-%d}",
        "minute": f"{then:%Y-%m-%d %H:%M}",
        "second": f"{then:%Y-%m-%d %H:%M:%S}",
        "chinese": f"{then.year}年{then.month}月{then.day}日 {then:%H:%M}",
        "iso": then.isoformat(),
        "rfc822": format_datetime(then),
        "unix": str(int(then.timestamp())),
    }


def _frame(outlet: Outlet, origin: str) -> dict[str, object]:
    columns = [{"name": name, "href": f"/column/{place}.html"} for place, name in enumerate(outlet.columns, 1)]
    return {
        "site": outlet.name,
        "slogan": outlet.slogan,
        "charset": outlet.charset,
        "origin": origin,
        "entry": outlet.entry,
        "feed": outlet.feeds[0][0] if outlet.feeds and outlet.kind != "sitemap" else "",
        "columns": columns,
        "foot": FOOT,
    }


def article_page(
    outlet: Outlet,
    report: Report,
    *,
    url: str,
    origin: str,
    origins: Mapping[str, str],
    others: Sequence[Entry],
    number: int,
    pages: Sequence[str],
) -> str:
    """Page `number` of a report in its outlet's style; `others` fill the lists beside it, `pages` are its addresses."""
    last = number == len(pages)
    shown = report.pages[number - 1]
    parts = [
        {
            "kind": part.kind,
            "text": part.text,
            "src": outlet.picture_folder + part.picture if part.picture else "",
            "last": "yes" if last and place == len(shown) else "",
        }
        for place, part in enumerate(shown, 1)
    ]
    first = report.pictures[0] if report.pictures else ""
    home = report.reprint_of.partition("/")[0]
    return _render(
        f"{outlet.slug}/article.html",
        {
            **_frame(outlet, origin),
            **_dates(report.published_at),
            "url": url,
            "title": report.title,
            "column": report.column,
            "source": report.source or outlet.name,
            "authors": list(report.authors),
            "author": "、".join(report.authors),
            "author_words": " ".join(report.authors),
            "editor": report.editor if last else "",
            "pages": [
                {"number": str(place), "href": "" if place == number else href} for place, href in enumerate(pages, 1)
            ]
            if len(pages) > 1
            else [],
            "next": "" if last else pages[number],
            "mark": report.mark,
            "reprint": "yes" if report.reprint_of else "",
            "home_name": _NAMES.get(home, ""),
            "home_origin": origins.get(home, ""),
            "summary": report.summary,
            "parts": parts,
            "picture": origin + outlet.picture_folder + first if first else "",
            "number": str(report.number),
            "reads": str(300 + report.number * 97 % 2300),
            "others": [entry.words for entry in others],
        },
    )


def list_page(
    outlet: Outlet, *, origin: str, heading: str, entries: Sequence[Entry], older: str = "", newer: str = ""
) -> str:
    """A list of reports; `older` and `newer` are the neighbouring pages."""
    return _render(
        f"{outlet.slug}/list.html",
        {
            **_frame(outlet, origin),
            "heading": heading,
            "entries": [entry.words for entry in entries],
            "older": older,
            "newer": newer,
        },
    )


def feed(template: str, outlet: Outlet, *, origin: str, updated: datetime, entries: Sequence[Entry]) -> str:
    """rss.xml, atom.xml, sitemap_index.xml or news_sitemap.xml."""
    return _render(
        f"feeds/{template}",
        {**_frame(outlet, origin), **_dates(updated), "entries": [entry.words for entry in entries]},
    )


def _render(template: str, values: Mapping[str, object]) -> str:
    return _ENGINE.get_template(template).render(Context(dict(values)))
