"""Reading captured pages: bytes from the archive, the news record, and what readers see made of it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from wellspring.core.outbox import record_index_changes
from wellspring.engine.errors import EngineError, ReaderFailed
from wellspring.engine.extract import VERSION, extract
from wellspring.engine.fetch.content import page_problem
from wellspring.engine.records import CaptureKind, NewsRecord, PageKind
from wellspring.library.archive import kept_content, kept_response
from wellspring.library.filing import channel_for, clean, full_text, pictures_in, snapshot_fields
from wellspring.library.models import Capture, Channel, HandIn, Picture, Reading, Snapshot
from wellspring.library.services.articles import (
    Article,
    articles_waiting_for,
    follows_an_article,
    give_up_own_place,
    read_article,
    write_pages,
)
from wellspring.library.services.earlier_records import keep_earlier, mark_read, read_before
from wellspring.library.services.shown_snapshots import snapshot_of_article_with, snapshot_standing_for
from wellspring.library.services.standing_corrections import as_read, is_corrected, keep, overlaid, write_topics
from wellspring.library.services.versions import INDEX_KIND, Version, lock_versions, other_versions, settle_latest
from wellspring.topics.queries import topics_in

_SAME_TEXT = ("title", "published_at", "source_name", "authors", "editor", "body")
_TRIES = 4

log = logging.getLogger("wellspring.worker")


@dataclass(frozen=True, slots=True)
class Read:
    reading: Reading
    snapshot: Snapshot | None
    """What readers see of the page: also where an earlier capture of the address told just the same."""
    is_new: bool = False
    """This call made the snapshot."""
    changed: tuple[str, ...] = ()
    """Fields of the record that are read otherwise than before; `kind` where the page is taken for something else."""

    @property
    def line(self) -> str:
        """One line for the log."""
        capture = self.reading.capture
        if self.reading.error_code:
            return f"capture {capture.pk} could not be read: {self.reading.error_code} {capture.url}"
        if self.snapshot is None:
            return f"capture {capture.pk} is no report but {self.reading.kind}: {capture.url}"
        if self.snapshot.original_url != capture.url:
            return f"capture {capture.pk} belongs to snapshot {self.snapshot.pk} “{self.snapshot.title}”"
        made = "made" if self.is_new else "is"
        return f"capture {capture.pk} {made} snapshot {self.snapshot.pk} “{self.snapshot.title}”"


class _Overtaken(Exception):
    """Another page of the article was captured while it was read."""


class _ReadFirst(Exception):
    def __init__(self, capture_id: int) -> None:
        self.capture_id = capture_id


def read_capture(capture_id: int, *, again: bool = False) -> Read:
    """Read one captured page; a reading by this version of the extractor stands, unless it is wanted `again`.

    A page on which an article goes on is joined to the first one's snapshot before its own reading is written, so that
    a crash in between leaves it unread.
    May run twice, also at once. A page that cannot be read gets a reading with the reason. Raises Capture.DoesNotExist,
    ValueError where the capture is no page, and database errors that may pass.
    """
    capture = Capture.objects.select_related("revisit_of", "source__channel", "reading").get(pk=capture_id)
    if capture.kind != CaptureKind.PAGE:
        raise ValueError(f"capture {capture_id} is a {capture.kind}, not a page")
    reading = _reading_of(capture)
    if reading and reading.extractor_version >= VERSION and not again:
        return Read(reading, snapshot_standing_for(capture))
    result = news_record_of(capture)
    for first in articles_waiting_for(capture):
        read_capture(first, again=True)
    article = article_of(capture, result)
    conflicts = 0
    while True:
        try:
            with transaction.atomic():
                return _store(capture, result, article)
        except _ReadFirst as earlier:
            read_capture(earlier.capture_id)
        except _Overtaken:
            article = article_of(capture, result)
        except IntegrityError:
            # Another worker read another capture of the same address in the same moment.
            conflicts += 1
            if conflicts == _TRIES:
                raise
        except (OperationalError, InterfaceError):
            raise
        except Exception as fault:
            if isinstance(result, ReaderFailed):
                raise
            log.exception("capture %s could not be stored", capture.pk)
            result, article = ReaderFailed(fault=type(fault).__name__), None


def current_version() -> int:
    """Of the rules that pages are read by now."""
    return VERSION


def record_reader_failure(capture_id: int, *, fault: str) -> Read:
    """Give a page up that no reader survives."""
    capture = Capture.objects.select_related("reading").get(pk=capture_id)
    with transaction.atomic():
        return _store(capture, ReaderFailed(fault=fault), None)


def _reading_of(capture: Capture) -> Reading | None:
    return getattr(capture, "reading", None)


def news_record_of(capture: Capture) -> NewsRecord | EngineError:
    """What the extractor makes of a captured page now, or why it can make nothing of it; nothing is written."""
    try:
        response = kept_response(capture)
        if capture.status == 304 and capture.revisit_of_id:
            response = replace(response, status=200)
        if problem := page_problem(response):
            return problem
        content = kept_content(response)
        return extract(content, url=capture.url, content_type=response.header("Content-Type"))
    except EngineError as error:
        return error
    except Exception as fault:  # whatever a page does to the extractor, the next page is read
        log.exception("capture %s could not be read", capture.pk)
        return ReaderFailed(fault=type(fault).__name__)


def article_of(capture: Capture, result: NewsRecord | EngineError) -> Article | None:
    """What the page and those that follow it say; None where it says nothing itself."""
    return read_article(capture, result, news_record_of) if isinstance(result, NewsRecord) else None


def _store(capture: Capture, result: NewsRecord | EngineError, article: Article | None) -> Read:
    """Reading, snapshot, following pages, pictures, topics and outbox, in the caller's transaction.

    Raises _ReadFirst where an earlier capture of the address, to be compared with, was read by an older extractor, and
    _Overtaken where another page of the article has come.
    """
    locked = Capture.objects.select_for_update(of=("self",)).select_related("reading").get(pk=capture.pk)
    snapshot = Snapshot.objects.filter(capture=capture).first() if lock_versions(capture.url) else None
    if snapshot is not None:
        snapshot.capture = capture
    reading = _reading_of(locked)
    if follows_an_article(capture):
        give_up_own_place([capture.url])
        return Read(_write_reading(capture, reading, result), snapshot_of_article_with(capture))
    if article is not None:
        if not article.is_current:
            raise _Overtaken
        result = article.record
        write_pages(article)
    is_new, changed = False, _kind_changed(reading, result)
    if isinstance(result, NewsRecord) and result.kind is PageKind.ARTICLE:
        fields = snapshot_fields(result, captured_at=capture.captured_at)
        versions = other_versions(capture)
        if snapshot is None and (standing := _told_before(capture, fields, versions, article)):
            return Read(_write_reading(capture, reading, result), standing, changed=changed)
        is_new = snapshot is None
        snapshot = snapshot or Snapshot(capture=capture, original_url=capture.url)
        changed += _write_snapshot(snapshot, capture, fields, versions, is_new=is_new)
    elif isinstance(result, NewsRecord) and snapshot is not None:
        # A newer extractor takes it for no report: it leaves the lists, but keeps its row and its address. Who set
        # something right in it took it for one, and that stands.
        settle_latest(snapshot, other_versions(capture), is_report=is_corrected(snapshot), is_changed=False)
    return Read(_write_reading(capture, reading, result), snapshot, is_new, changed)


def _kind_changed(before: Reading | None, result: NewsRecord | EngineError) -> tuple[str, ...]:
    told = result.kind.value if isinstance(result, NewsRecord) else ""
    return ("kind",) if before and told and before.kind != told else ()


def _write_reading(capture: Capture, reading: Reading | None, result: NewsRecord | EngineError) -> Reading:
    reading = reading or Reading()
    reading.capture = capture
    reading.extractor_version = VERSION
    reading.kind = reading.error_code = reading.error_message = ""
    reading.error_data = {}
    if isinstance(result, EngineError):
        data = {key: value if isinstance(value, int | float) else str(value) for key, value in result.data.items()}
        reading.error_code, reading.error_message, reading.error_data = result.code, result.message, clean(data)
    else:
        reading.kind = result.kind.value
    reading.save()
    return reading


def _write_snapshot(
    snapshot: Snapshot, capture: Capture, fields: dict[str, object], versions: list[Version], *, is_new: bool
) -> tuple[str, ...]:
    """Returns the names of the fields that are read otherwise than before; none of a new one."""
    indexed, before = (None, None) if is_new else (_indexed(snapshot), read_before(snapshot))
    for name, value in fields.items():
        setattr(snapshot, name, value)
    snapshot.source = capture.source
    snapshot.channel = _chosen_channel(capture) or channel_for(snapshot.column_name, capture.source)
    if not snapshot.language and capture.source is not None:
        snapshot.language = capture.source.language
    changed = keep_earlier(snapshot, before, version=VERSION) if before else mark_read(snapshot, version=VERSION)
    previous = _version_before(capture, versions)
    standing = overlaid(snapshot, previous=previous.id if previous else None)
    tell = _indexed(snapshot) != indexed
    settle_latest(snapshot, versions, is_report=True, is_changed=tell)
    keep(standing, snapshot)
    _write_pictures(snapshot, is_new=is_new)
    if write_topics(snapshot, topics_in(full_text(fields)), standing, is_new=is_new) and not tell:
        record_index_changes(INDEX_KIND, [snapshot.pk])
    return changed


def _indexed(snapshot: Snapshot) -> tuple[object, ...]:
    """What the search index has of it, but its topics."""
    return (
        snapshot.title,
        snapshot.body,
        snapshot.dated_at,
        snapshot.source_name,
        snapshot.channel_id,
        snapshot.authors,
    )


def _chosen_channel(capture: Capture) -> Channel | None:
    """Where whoever handed the page in wanted it filed."""
    if capture.source_id is not None:
        return None
    handed = HandIn.objects.filter(capture=capture, channel__isnull=False).select_related("channel__merged_into")
    chosen = next((one.channel for one in handed), None)
    return chosen and (chosen.merged_into or chosen)


def _write_pictures(snapshot: Snapshot, *, is_new: bool) -> None:
    """Rows for the pictures still to be fetched; those that are kept already stay kept."""
    wanted = pictures_in(snapshot.body)
    present = [] if is_new else list(snapshot.pictures.all())
    if [(picture.url, picture.caption) for picture in present] == wanted:
        return
    known = {picture.url: picture for picture in present}
    if present:
        snapshot.pictures.all().delete()
    Picture.objects.bulk_create(
        Picture(
            snapshot=snapshot,
            position=position,
            url=url,
            caption=caption,
            capture_id=known[url].capture_id if url in known else None,
            error_code=known[url].error_code if url in known else "",
        )
        for position, (url, caption) in enumerate(wanted, start=1)
    )


def _told_before(
    capture: Capture, fields: dict[str, object], versions: list[Version], article: Article | None
) -> Snapshot | None:
    """The snapshot of the address just before this capture, where it tells the same: readers get no second one."""
    before = _version_before(capture, versions)
    if before is None:
        return None
    if before.extractor_version < VERSION:
        raise _ReadFirst(before.capture_id)
    last = Snapshot.objects.select_related("capture").get(pk=before.id)
    same_bytes = capture.status == 304 or last.capture.payload_digest == capture.payload_digest
    # The first page may be the same and another one not.
    same_bytes = same_bytes and not (article and article.following)
    told = {name: fields[name] for name in _SAME_TEXT}
    return last if same_bytes or as_read(last, told) == told else None


def _version_before(capture: Capture, versions: list[Version]) -> Version | None:
    own = capture.captured_at, capture.pk
    return max((v for v in versions if v.order < own), key=lambda v: v.order, default=None)
