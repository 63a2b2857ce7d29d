"""A crawl desk in memory, which remembers every call and from which thread it came."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from wellspring.engine.errors import EngineError
from wellspring.engine.fetch.desk import DuePage, DuePicture, DueSource, Wanted
from wellspring.engine.records import CaptureKind, FetchedResponse, FoundPage, RobotsVerdict, SourceKind


@dataclass(frozen=True)
class Kept:
    kind: CaptureKind
    response: FetchedResponse
    requested_url: str
    source_id: int | None
    visit_id: int | None
    verdict: RobotsVerdict | None
    picture_id: int | None


@dataclass
class MemoryDesk:
    sources: list[DueSource] = field(default_factory=list)
    pictures: list[DuePicture] = field(default_factory=list)
    pages: list[DuePage] = field(default_factory=list)
    known: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    refused: dict[str, EngineError] = field(default_factory=dict)
    ended: dict[int, dict[str, Any]] = field(default_factory=dict)
    threads: set[int] = field(default_factory=set)
    remembered: set[str] = field(default_factory=set)
    """Pages that were captured long ago."""
    questions: list[int] = field(default_factory=list)
    """How many pages each question for the wanted ones was about."""

    def add(self, url: str, kind: SourceKind = SourceKind.FEED, **changes: Any) -> DueSource:
        number = len(self.sources) + len(self.ended) + 1
        values: dict[str, Any] = {"id": number, "visit_id": number * 100, "pattern": "", "delay": 0.0}
        source = DueSource(url=url, kind=kind, **(values | changes))
        self.sources.append(source)
        return source

    def due_sources(self) -> Sequence[DueSource]:
        self.threads.add(threading.get_ident())
        due, self.sources = self.sources, []
        return due

    def wanted(self, source_id: int, found: Sequence[FoundPage]) -> Wanted:
        self.threads.add(threading.get_ident())
        self.questions.append(len(found))
        have = self.remembered | {each.requested_url for each in self.kept}
        new = [page for page in found if page.url not in have]
        return Wanted(new, [page for page in found if page.updated_at and page not in new])

    def validators(self, url: str) -> tuple[str | None, str | None]:
        self.threads.add(threading.get_ident())
        return self.known.get(url, (None, None))

    def keep(
        self,
        response: FetchedResponse,
        *,
        kind: CaptureKind,
        source_id: int | None,
        visit_id: int | None,
        requested_url: str,
        verdict: RobotsVerdict | None,
        picture_id: int | None = None,
    ) -> int:
        self.threads.add(threading.get_ident())
        self.kept.append(Kept(kind, response, requested_url, source_id, visit_id, verdict, picture_id))
        self.pictures = [each for each in self.pictures if each.picture_id != picture_id]
        return len(self.kept)

    def refuse(
        self,
        url: str,
        error: EngineError,
        *,
        source_id: int | None,
        visit_id: int | None,
        picture_id: int | None = None,
    ) -> None:
        self.threads.add(threading.get_ident())
        self.refused[url] = error
        self.pictures = [each for each in self.pictures if each.picture_id != picture_id]

    def due_pictures(self, limit: int) -> Sequence[DuePicture]:
        self.threads.add(threading.get_ident())
        return self.pictures[:limit]

    def due_pages(self, limit: int) -> Sequence[DuePage]:
        self.threads.add(threading.get_ident())
        settled = {each.requested_url for each in self.kept} | set(self.refused)
        return [page for page in self.pages if page.url not in settled][:limit]

    def end_visit(
        self, visit_id: int, *, found: int, error: EngineError | None = None, retry_after: float | None = None
    ) -> None:
        self.threads.add(threading.get_ident())
        assert visit_id not in self.ended, "a visit ends once"
        self.ended[visit_id] = {"found": found, "error": error, "retry_after": retry_after}

    def urls(self, kind: CaptureKind) -> list[str]:
        return [each.response.url for each in self.kept if each.kind is kind]
