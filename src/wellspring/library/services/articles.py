"""Articles on several pages: the chain of captures behind a first page, joined, and what is still to be fetched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from wellspring.core.outbox import record_index_changes
from wellspring.engine.errors import EngineError, ExtractError, marked
from wellspring.engine.extract import adds_nothing, is_same_article, join_pages
from wellspring.engine.fetch.urls import parse_url
from wellspring.engine.records import CaptureKind, NewsRecord, PageKind
from wellspring.library.filing import clean
from wellspring.library.models import NOTHING_NEW, OTHER_ARTICLE, ArticlePage, Capture, Snapshot
from wellspring.library.services.refusals import lasts
from wellspring.library.services.versions import INDEX_KIND

MOST_PAGES = 30
"""Of one article."""
TRIES = 5
"""Refusals in a row, for a reason that lasts, after which a page is given up; other reasons get three times as many."""

Read = Callable[[Capture], NewsRecord | EngineError]


class OtherArticle(ExtractError):
    code = OTHER_ARTICLE
    message = marked("The page that should follow reads like another article, so it is not joined.")


class NothingNew(ExtractError):
    code = NOTHING_NEW
    message = marked("The page that should follow repeats what is there, so the report ends before it.")


@dataclass(frozen=True, slots=True)
class Following:
    """A page that follows the first."""

    url: str
    capture: Capture | None
    problem: EngineError | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """What a first page and those behind it say together."""

    first: Capture
    record: NewsRecord
    following: tuple[Following, ...]

    @property
    def is_current(self) -> bool:
        """No capture came since that would make it another article."""
        return all(_capture_of(page.url, self.first) == page.capture for page in self.following)


def read_article(first: Capture, record: NewsRecord, read: Read) -> Article:
    """Follow the links from page to page through what is captured, as far as it goes. Not for use in a transaction."""
    records = [record]
    following: list[Following] = []
    passed = {first.url, first.requested_url}
    while len(records) < MOST_PAGES and record.kind is PageKind.ARTICLE:
        url = _address(records[-1].next_page)
        if url is None or url in passed:
            break
        passed.add(url)
        capture = _capture_of(url, first)
        if capture is None:
            following.append(Following(url, None))
            break
        # A redirect to another site must not take that site's report into this one, and its place from it.
        strays = capture.url != url and (capture.url in passed or _host(capture.url) != _host(url))
        result = OtherArticle() if strays else read(capture)
        if isinstance(result, NewsRecord) and not is_same_article(record, result):
            result = OtherArticle()
        elif isinstance(result, NewsRecord) and adds_nothing(records, result):
            result = NothingNew()
        if isinstance(result, EngineError):
            following.append(Following(url, capture, result))
            break
        passed.add(capture.url)
        following.append(Following(url, capture))
        records.append(result)
    return Article(first, join_pages(records), tuple(following))


def write_pages(article: Article) -> None:
    """Rows for the pages that follow, in the caller's transaction; what stood for itself before is part of it now."""
    known = {(page.number, page.url): page for page in article.first.following_pages.all()}
    current = {(number, page.url) for number, page in enumerate(article.following, start=2)}
    if gone := [page.pk for place, page in known.items() if place not in current]:
        ArticlePage.objects.filter(pk__in=gone).delete()
    for number, following in enumerate(article.following, start=2):
        page = known.get((number, following.url))
        if page is None:
            page = ArticlePage(first=article.first, number=number, url=following.url)
        fresh = _is_since(article.first, following.capture)
        page.capture = following.capture
        page.joined = following.capture is not None and following.problem is None
        page.due = page.due and not fresh and article.first.imported_from_id is None
        if following.problem is not None:
            _note(page, following.problem)
        elif fresh:
            page.error_code, page.error_message, page.error_data = "", "", {}
        page.save()
    joined = [page for page in article.following if page.problem is None]
    give_up_own_place({page.url for page in joined} | {page.capture.url for page in joined if page.capture})


def is_page_of_an_article(url: str) -> bool:
    """Whether an article on several pages begins at this address or goes on there."""
    return ArticlePage.objects.filter(Q(url=url) | Q(first__url=url)).exists()


def follows_an_article(capture: Capture) -> bool:
    """Whether the captured page belongs to an article that begins on another one."""
    return _rows_of(capture).exists()


def articles_waiting_for(capture: Capture) -> list[int]:
    """Captures of first pages whose article this page, captured now, belongs to without being joined yet."""
    rows = _rows_of(capture).select_related("first").order_by("-first__captured_at", "-first_id")
    newest: dict[str, ArticlePage] = {}
    for row in rows:
        newest.setdefault(row.first.url, row)
    return [row.first_id for row in newest.values() if _capture_of(row.url, row.first) != row.capture]


def first_page_of(capture: Capture) -> Capture | None:
    """The newest capture of the first page of the article that this page belongs to."""
    row = _rows_of(capture).select_related("first").order_by("-first__captured_at", "-first_id").first()
    return row.first if row is not None else None


def give_up_own_place(urls: Collection[str]) -> None:
    """Let pages that belong to an article leave the lists; in the caller's transaction."""
    if not urls:
        return
    ArticlePage.objects.filter(first__url__in=urls).delete()
    own = list(Snapshot.objects.filter(original_url__in=urls, is_latest=True).values_list("pk", flat=True))
    if own:
        Snapshot.objects.filter(pk__in=own).update(is_latest=False)
        record_index_changes(INDEX_KIND, own)


def note_missing_page(url: str, error: EngineError, *, times: int) -> None:
    """A page that follows could not be fetched, `times` times in a row; it is tried again, but not for ever."""
    given_up = times >= (TRIES if lasts(error) else 3 * TRIES)
    for page in ArticlePage.objects.filter(url=url, due=True):
        _note(page, error)
        page.due = not given_up
        page.save(update_fields=["due", "error_code", "error_message", "error_data"])


def next_due_page(capture_id: int) -> ArticlePage | None:
    """The page that is to be fetched next for the article that begins with this capture."""
    return ArticlePage.objects.filter(first=capture_id, due=True).order_by("number").first()


def fetched_meanwhile(pages: Sequence[ArticlePage]) -> set[int]:
    """Those of the pages, with their first one loaded, that were captured after it; they are due no more."""
    done = {page.pk for page in pages if _is_since(page.first, _capture_of(page.url, page.first))}
    if done:
        ArticlePage.objects.filter(pk__in=done).update(due=False)
    return done


def _note(page: ArticlePage, error: EngineError) -> None:
    data = {key: value if isinstance(value, int | float) else str(value) for key, value in error.data.items()}
    page.error_code, page.error_message, page.error_data = error.code, error.message, clean(data)


def _rows_of(capture: Capture) -> QuerySet[ArticlePage]:
    rows = ArticlePage.objects.filter(url__in={capture.url, capture.requested_url})
    return rows.exclude(error_code=OTHER_ARTICLE).exclude(first=capture)


def _is_since(first: Capture, capture: Capture | None) -> bool:
    return capture is not None and capture.captured_at >= first.captured_at


def _capture_of(url: str, first: Capture) -> Capture | None:
    """The page as it was captured with this first one: the next capture of its address, else the one before."""
    pages = Capture.objects.filter(Q(url=url) | Q(requested_url=url), kind=CaptureKind.PAGE, status__in=(200, 304))
    pages = pages.exclude(pk=first.pk).select_related("revisit_of")
    since = pages.filter(captured_at__gte=first.captured_at).order_by("captured_at", "pk").first()
    return since or pages.order_by("-captured_at", "-pk").first()


def _host(url: str) -> str | None:
    """None for an address that no crawler would write, as an imported archive may have."""
    try:
        return parse_url(url).host
    except EngineError:
        return None


def _address(url: str | None) -> str | None:
    """As the crawler writes it; None where it is none."""
    if url is None:
        return None
    try:
        return parse_url(url).url
    except EngineError:
        return None
