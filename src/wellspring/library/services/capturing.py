"""One page captured now, on somebody's word instead of a source's."""

from __future__ import annotations

from wellspring.engine.errors import EngineError
from wellspring.engine.fetch.content import page_problem
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.engine.fetch.single import fetch_page
from wellspring.engine.records import CaptureKind
from wellspring.library.models import Capture
from wellspring.library.services.captures import record_capture
from wellspring.library.services.readings import Read, read_capture


def capture_page(url: str, *, settings: FetchSettings) -> Read:
    """Fetch a page, robots.txt obeyed, keep it with the way that led to it, and read it at once.

    Raises FetchError subclasses where it is refused, ArchiveError and ArchiveFull.
    """
    return read_capture(keep_page(url, settings=settings).pk)


def keep_page(url: str, *, settings: FetchSettings) -> Capture:
    """Fetch a page, robots.txt obeyed, and keep it with the way that led to it; a task to read it is enqueued.

    Raises as `capture_page`.
    """
    fetched = fetch_page(url, settings)
    if fetched.robots is not None:
        record_capture(fetched.robots, kind=CaptureKind.ROBOTS, requested_url=fetched.verdict.robots_url)
    for redirect in fetched.responses[:-1]:
        record_capture(redirect, kind=CaptureKind.REDIRECT, requested_url=url)
    problem: EngineError | None = page_problem(fetched.page)
    if problem is not None:
        raise problem
    return record_capture(fetched.page, kind=CaptureKind.PAGE, requested_url=url, verdict=fetched.verdict)
