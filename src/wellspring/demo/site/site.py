"""One sample site: what it answers to a path at a moment. No sockets here, so that every answer can be tested."""

from __future__ import annotations

import gzip
import hashlib
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property
from importlib.resources import files

from .clock import CHINA
from .outlets import Outlet
from .pages import Entry, article_page, feed, list_page
from .pictures import CONTENT_TYPES, draw_picture
from .reports import Report
from .traps import DISALLOWED_FOLDER, Trap, TrapKind, traps_of


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes = b""
    content_type: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()
    chunked: bool = False
    cut_off: bool = False
    """The connection breaks half-way through the body."""


@dataclass(frozen=True)
class SampleSite:
    outlet: Outlet
    reports: tuple[Report, ...]
    """Of this outlet, newest first, also those that are not out yet."""
    started_at: datetime
    origins: Mapping[str, str]

    @property
    def origin(self) -> str:
        return self.origins[self.outlet.slug]

    @cached_property
    def traps(self) -> tuple[Trap, ...]:
        return traps_of(self.outlet, self.reports, self.started_at.astimezone(CHINA))

    def path_of(self, report: Report) -> str:
        return self.outlet.path_of(report.number, report.published_at)

    def paths_of(self, report: Report) -> list[str]:
        """Of each of its pages."""
        return [_numbered(self.path_of(report), page) for page in range(1, report.page_count + 1)]

    def answer(self, path: str, *, now: datetime, headers: Mapping[str, str]) -> Answer:
        """The answer to GET `path` (without query) at this moment; names in `headers` are lower-case."""
        out = tuple(report for report in self.reports if report.is_out(now))
        answer = (
            self._report(path, out)
            or self._trapped(path)
            or self._picture(path)
            or self._feed(path, out)
            or self._list(path, out)
            or self._furniture(path)
            or self._page("<!doctype html><title>404</title><h1>404</h1><p>您访问的页面不存在。</p>", status=404)
        )
        if answer.status != 200 or answer.cut_off:
            return answer
        answer = _conditional(answer, headers)
        if answer.status == 304:
            return answer
        if self.outlet.sends == "gzip" and "gzip" in headers.get("accept-encoding", ""):
            packed = gzip.compress(answer.body, mtime=0)
            return replace(answer, body=packed, headers=(*answer.headers, ("Content-Encoding", "gzip")))
        return replace(answer, chunked=self.outlet.sends == "chunked")

    def _page(self, text: str, *, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
        # The GB2312 site says its encoding in the page only, as such sites do.
        stated = "; charset=utf-8" if self.outlet.charset == "utf-8" else ""
        body = text.encode(self.outlet.encoding, "xmlcharrefreplace")
        return Answer(status, body, f"text/html{stated}", headers)

    def _report(self, path: str, out: tuple[Report, ...]) -> Answer | None:
        for report in out:
            paths = self.paths_of(report)
            if path in paths:
                return self._report_page(report, paths, path, out)
        return None

    def _report_page(self, report: Report, paths: list[str], path: str, out: tuple[Report, ...]) -> Answer:
        others = [self._entry(other) for other in out if other is not report and not other.arrives_at]
        text = article_page(
            self.outlet,
            report,
            url=self.origin + path,
            origin=self.origin,
            origins=self.origins,
            others=others[:8],
            number=paths.index(path) + 1,
            pages=paths,
        )
        return self._page(text)

    def _trapped(self, path: str) -> Answer | None:
        trap = next((trap for trap in self.traps if trap.path == path), None)
        if trap is None:
            return None
        text = f"<!doctype html><meta charset={self.outlet.charset}><title>{trap.title}</title><h1>{trap.title}</h1>"
        match trap.kind:
            case TrapKind.MISSING:
                return None
            case TrapKind.GONE:
                return self._page("<!doctype html><title>410</title><h1>该报道已撤下</h1>", status=410)
            case TrapKind.REDIRECT:
                return Answer(302, b"", headers=(("Location", trap.target),))
            case TrapKind.CUT_OFF:
                return replace(self._page(text + "<p>会议要求，各小区物业服务企业要对照清单……</p>" * 40), cut_off=True)
            case TrapKind.GARBLED:
                noise = random.Random(trap.path).randbytes(3000)  # noqa: S311 (noise, no secret)
                return replace(self._page(""), body=noise)
            case TrapKind.DISALLOWED:
                return self._page(text + "<p>本页仅供内部参阅，robots.txt 已声明不允许抓取。</p>")

    def _picture(self, path: str) -> Answer | None:
        name = path.removeprefix(self.outlet.picture_folder)
        used = {picture for report in self.reports for picture in report.pictures}
        if not path.startswith(self.outlet.picture_folder) or name not in used:
            return None
        return Answer(200, draw_picture(name), CONTENT_TYPES[name.rpartition(".")[2]])

    def _feed(self, path: str, out: tuple[Report, ...]) -> Answer | None:
        template = dict(self.outlet.feeds).get(path)
        if template is None:
            return None
        changed = out[0].published_at if out else self.started_at
        text = feed(template, self.outlet, origin=self.origin, updated=changed, entries=self._entries(out))
        since = (("Last-Modified", format_datetime(changed.astimezone(UTC), usegmt=True)),)
        return Answer(200, text.encode(), "application/xml; charset=utf-8", since)

    def _list(self, path: str, out: tuple[Report, ...]) -> Answer | None:
        """One list a column, and the list of all, paged: at the entry of a list site, else at the front page."""
        columns = {f"/column/{place}.html": name for place, name in enumerate(self.outlet.columns, 1)}
        if path in columns:
            shown = [self._entry(report) for report in out if report.column == columns[path]]
            return self._page(list_page(self.outlet, origin=self.origin, heading=columns[path], entries=shown))
        entries = self._entries(out)
        size = self.outlet.page_size
        first = self.outlet.entry if self.outlet.kind == "list" else "/"
        paths = [first, *(_numbered(first, page) for page in range(2, -(-len(entries) // size) + 1))]
        place = paths.index(path) if path in paths else 0
        if path not in paths and path != "/":
            return None
        text = list_page(
            self.outlet,
            origin=self.origin,
            heading="最新报道",
            entries=entries[place * size : (place + 1) * size],
            newer=paths[place - 1] if place else "",
            older=paths[place + 1] if place + 1 < len(paths) else "",
        )
        return self._page(text)

    def _furniture(self, path: str) -> Answer | None:
        if path == "/style.css":
            sheet = files(__package__).joinpath("styles", self.outlet.slug, "style.css").read_bytes()
            return Answer(200, sheet, "text/css; charset=utf-8")
        if path == "/robots.txt":
            return Answer(200, self._robots().encode(), "text/plain; charset=utf-8")
        return None

    def _robots(self) -> str:
        lines = ["User-agent: *"]
        if self.outlet.crawl_delay:
            lines += [f"Disallow: {DISALLOWED_FOLDER}", f"Crawl-delay: {self.outlet.crawl_delay}"]
        else:
            lines += ["Disallow:"]
        if self.outlet.kind == "sitemap":
            lines += ["", f"Sitemap: {self.origin}{self.outlet.entry}"]
        return "\n".join(lines) + "\n"

    def _entries(self, out: tuple[Report, ...]) -> list[Entry]:
        """Everything that the site links to, newest first; a redirect stands in for the report it leads to."""
        moved = {trap.target: trap.path for trap in self.traps if trap.kind is TrapKind.REDIRECT}
        entries = []
        for report in out:
            path = self.path_of(report)
            entries.append(replace(self._entry(report), href=self.origin + moved.get(path, path)))
        for trap in self.traps:
            if trap.kind is not TrapKind.REDIRECT:
                href = self.origin + trap.path
                entries.append(Entry(trap.title, href, trap.published_at, trap.title, source=self.outlet.name))
        return sorted(entries, key=lambda entry: entry.published_at, reverse=True)

    def _entry(self, report: Report) -> Entry:
        return Entry(
            title=report.title,
            href=self.origin + self.path_of(report),
            published_at=report.published_at,
            summary=report.summary,
            column=report.column,
            source=report.source or self.outlet.name,
            picture=self.outlet.picture_folder + report.pictures[0] if report.pictures else "",
            authors=report.authors,
        )


def _numbered(first: str, page: int) -> str:
    """Address of a further page: index.html → index_2.html, a folder → page_2.html in it."""
    if page == 1:
        return first
    stem, dot, ending = first.rpartition(".")
    return f"{stem}_{page}.{ending}" if dot else f"{first}page_{page}.html"


def _conditional(answer: Answer, headers: Mapping[str, str]) -> Answer:
    """With an entity tag, or 304 without a body where the asker has this version already (RFC 9110)."""
    tag = f'"{hashlib.sha256(answer.body).hexdigest()[:20]}"'
    answer = replace(answer, headers=(*answer.headers, ("ETag", tag)))
    if "if-none-match" in headers:
        same = tag in headers["if-none-match"]
    else:
        same = _not_since(dict(answer.headers).get("Last-Modified", ""), headers.get("if-modified-since", ""))
    return replace(answer, status=304, body=b"") if same else answer


def _not_since(changed: str, since: str) -> bool:
    if not changed or not since:
        return False
    try:
        return parsedate_to_datetime(changed) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
