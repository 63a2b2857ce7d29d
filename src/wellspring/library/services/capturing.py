"""One page captured now, on somebody's word instead of a source's, and those on which its article goes on."""

from __future__ import annotations

import time
from dataclasses import replace

from wellspring.engine.errors import EngineError, FetchError
from wellspring.engine.fetch.content import page_problem
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.engine.fetch.single import fetch_page
from wellspring.engine.records import CaptureKind
from wellspring.library.models import Capture
from wellspring.library.services.articles import MOST_PAGES, next_due_page, note_missing_page
from wellspring.library.services.captures import record_capture
from wellspring.library.services.readings import Read, read_capture
from wellspring.library.services.refusals import record_refusal, settle_refusals


def capture_page(url: str, *, settings: FetchSettings) -> Read:
    """Fetch a page, robots.txt obeyed, keep it with the way that led to it, and read it at once, its other pages too.

    Raises FetchError subclasses where it is refused, ArchiveError and ArchiveFull.
    """
    return read_whole(keep_page(url, settings=settings).pk, settings=settings)


def read_whole(capture_id: int, *, settings: FetchSettings) -> Read:
    """Read a captured page and, where its article goes on, fetch the pages that follow, at the pace of a crawl.

    A page that cannot be fetched is noted, and the crawler tries it again. Raises ArchiveError and ArchiveFull.
    """
    read = read_capture(capture_id)
    is_new = read.is_new
    for _page in range(MOST_PAGES):
        due = next_due_page(capture_id)
        if due is None:
            break
        time.sleep(settings.delay)
        try:
            following = keep_page(due.url, settings=settings)
        except FetchError as error:
            refusal = record_refusal(due.url, error, source_id=None, visit_id=None)
            note_missing_page(due.url, error, times=refusal.times)
            break
        settle_refusals({due.url, following.url})
        read_capture(following.pk)
        read = replace(read_capture(capture_id), is_new=is_new)
        if next_due_page(capture_id) == due:
            break
    return read


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
