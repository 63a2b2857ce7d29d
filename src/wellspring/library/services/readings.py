"""Reading captured pages: bytes from the archive, the news record, and what readers see made of it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import Q

from wellspring.core.outbox import record_index_changes
from wellspring.engine.errors import ArchiveError, EngineError, ReaderFailed, RecordDamaged
from wellspring.engine.extract import VERSION, extract
from wellspring.engine.fetch.content import page_problem
from wellspring.engine.records import CaptureKind, NewsRecord, PageKind
from wellspring.library.archive import kept_content, kept_response
from wellspring.library.filing import channel_for, clean, full_text, pictures_in, snapshot_fields
from wellspring.library.models import Capture, Picture, Reading, Snapshot, SnapshotTopic
from wellspring.topics.queries import topics_in

INDEX_KIND = "library.snapshot"
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

    @property
    def line(self) -> str:
        """One line for the log."""
        capture = self.reading.capture
        if self.reading.error_code:
            return f"capture {capture.pk} could not be read: {self.reading.error_code} {capture.url}"
        if self.snapshot is None:
            return f"capture {capture.pk} is no report but {self.reading.kind}: {capture.url}"
        made = "made" if self.is_new else "is"
        return f"capture {capture.pk} {made} snapshot {self.snapshot.pk} “{self.snapshot.title}”"


def read_capture(capture_id: int, *, again: bool = False) -> Read:
    """Read one captured page; a reading by this version of the extractor stands, unless it is wanted `again`.

    May run twice, also at once. A page that cannot be read gets a reading with the reason. Raises Capture.DoesNotExist,
    ValueError where the capture is no page, and database errors that may pass.
    """
    capture = Capture.objects.select_related("revisit_of", "source__channel", "reading").get(pk=capture_id)
    if capture.kind != CaptureKind.PAGE:
        raise ValueError(f"capture {capture_id} is a {capture.kind}, not a page")
    reading = _reading_of(capture)
    if reading and reading.extractor_version >= VERSION and not again:
        return Read(reading, _snapshot_standing_for(capture))
    for earlier in _earlier_with_old_reading(capture):
        read_capture(earlier)
    result = _news_record(capture)
    for attempt in range(_TRIES):
        try:
            with transaction.atomic():
                return _store(capture, result)
        except IntegrityError:
            # Another worker read another capture of the same address in the same moment.
            if attempt + 1 == _TRIES:
                raise
        except (OperationalError, InterfaceError):
            raise
        except Exception as fault:  # a record that cannot be stored must not come back for ever
            log.exception("capture %s could not be stored", capture.pk)
            result = ReaderFailed(fault=type(fault).__name__)
    raise AssertionError("the loop returns or raises")


def record_reader_failure(capture_id: int, *, fault: str) -> Read:
    """Give a page up that no reader survives."""
    capture = Capture.objects.select_related("reading").get(pk=capture_id)
    with transaction.atomic():
        return _store(capture, ReaderFailed(fault=fault))


def pages_to_read_again(*, everything: bool = False) -> list[int]:
    """Captures that an older extractor read or that our own fault kept from being read; or every page's."""
    if everything:
        pages = Capture.objects.filter(kind=CaptureKind.PAGE)
    else:
        ours = Q(reading__error_code__in=(ReaderFailed.code, ArchiveError.code, RecordDamaged.code))
        pages = Capture.objects.filter(Q(reading__extractor_version__lt=VERSION) | ours)
    return list(pages.order_by("pk").values_list("pk", flat=True))


def _reading_of(capture: Capture) -> Reading | None:
    return getattr(capture, "reading", None)


def _earlier_with_old_reading(capture: Capture) -> list[int]:
    """Earlier captures of the address whose snapshots this one will be compared with, read by an older version."""
    earlier = Snapshot.objects.filter(original_url=capture.url, capture_id__lt=capture.pk)
    outdated = earlier.filter(capture__reading__extractor_version__lt=VERSION)
    return list(outdated.order_by("capture_id").values_list("capture_id", flat=True))


def _news_record(capture: Capture) -> NewsRecord | EngineError:
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


def _store(capture: Capture, result: NewsRecord | EngineError) -> Read:
    """Reading, snapshot, pictures, topics and outbox, in the caller's transaction."""
    Capture.objects.select_for_update().only("pk").get(pk=capture.pk)
    if isinstance(result, EngineError):
        data = {key: value if isinstance(value, int | float) else str(value) for key, value in result.data.items()}
        outcome = {"kind": "", "error_code": result.code, "error_message": result.message, "error_data": clean(data)}
    else:
        outcome = {"kind": result.kind.value, "error_code": "", "error_message": "", "error_data": {}}
    reading, _ = Reading.objects.update_or_create(capture=capture, defaults={"extractor_version": VERSION, **outcome})
    snapshot = Snapshot.objects.filter(capture=capture).first()
    is_new = False
    if isinstance(result, NewsRecord) and result.kind is PageKind.ARTICLE:
        fields = snapshot_fields(result, captured_at=capture.captured_at)
        if snapshot is None and (standing := _told_before(capture, fields)):
            return Read(reading, standing)
        is_new = snapshot is None
        snapshot = _write_snapshot(capture, snapshot, fields)
    if snapshot is not None:
        changed = {snapshot.pk, *_settle_latest(capture.url)}
        record_index_changes(INDEX_KIND, sorted(changed))
    return Read(reading, snapshot, is_new)


def _write_snapshot(capture: Capture, snapshot: Snapshot | None, fields: dict[str, object]) -> Snapshot:
    snapshot = snapshot or Snapshot(capture=capture, original_url=capture.url, is_latest=False)
    for name, value in fields.items():
        setattr(snapshot, name, value)
    snapshot.source = capture.source
    snapshot.channel = channel_for(snapshot.column_name, capture.source)
    snapshot.save()
    _write_pictures(snapshot)
    _write_topics(snapshot, full_text(fields))
    return snapshot


def _write_pictures(snapshot: Snapshot) -> None:
    """Rows for the pictures still to be fetched; those that are kept already stay kept."""
    wanted = pictures_in(snapshot.body)
    present = list(snapshot.pictures.all())
    if [(picture.url, picture.caption) for picture in present] == wanted:
        return
    known = {picture.url: picture for picture in present}
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


def _write_topics(snapshot: Snapshot, text: str) -> None:
    found = {topic.topic_id: list(topic.words) for topic in topics_in(text)}
    present = {link.topic_id: link.words for link in snapshot.topic_links.all()}
    if found == present:
        return
    snapshot.topic_links.all().delete()
    SnapshotTopic.objects.bulk_create(
        SnapshotTopic(snapshot=snapshot, topic_id=topic_id, words=words) for topic_id, words in found.items()
    )


def _told_before(capture: Capture, fields: dict[str, object]) -> Snapshot | None:
    """The snapshot of the address just before this capture, where it tells the same: readers get no second one."""
    before = Snapshot.objects.filter(original_url=capture.url, capture_id__lt=capture.pk).select_related("capture")
    last = before.order_by("-capture_id").first()
    if last is None:
        return None
    same_bytes = capture.status == 304 or last.capture.payload_digest == capture.payload_digest
    same_text = all(getattr(last, name) == fields[name] for name in _SAME_TEXT)
    return last if same_bytes or same_text else None


def _snapshot_standing_for(capture: Capture) -> Snapshot | None:
    """The capture's own snapshot, or the earlier one that told the same."""
    if capture.reading.kind != PageKind.ARTICLE:
        return None
    until = Snapshot.objects.filter(original_url=capture.url, capture_id__lte=capture.pk)
    return until.order_by("-capture_id").first()


def _settle_latest(url: str) -> list[int]:
    """Let the address's newest report be its latest snapshot; ids of those that changed.

    One that a newer extractor takes for no report is not shown any more, but keeps its row.
    """
    snapshots = Snapshot.objects.filter(original_url=url)
    reports = snapshots.filter(Q(capture__reading__kind=PageKind.ARTICLE) | ~Q(capture__reading__error_code=""))
    latest = list(reports.order_by("-capture_id").values_list("pk", flat=True)[:1])
    superseded = list(snapshots.filter(is_latest=True).exclude(pk__in=latest).values_list("pk", flat=True))
    Snapshot.objects.filter(pk__in=superseded).update(is_latest=False)
    risen = list(Snapshot.objects.filter(pk__in=latest, is_latest=False).values_list("pk", flat=True))
    Snapshot.objects.filter(pk__in=risen).update(is_latest=True)
    return superseded + risen
