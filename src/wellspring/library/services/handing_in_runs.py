"""Capturing what was handed in: over the network, outside transactions, each step noted for the next after a crash."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils import timezone

from wellspring.core.outbox import record_index_changes
from wellspring.engine.errors import EngineError, ExtractError, ReaderFailed, marked
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.library.models import Correction, Field, HandIn, Snapshot
from wellspring.library.services.capturing import keep_page, read_whole
from wellspring.library.services.hand_in_notices import tell_who_handed_in
from wellspring.library.services.trial_runs import note_failure
from wellspring.library.services.versions import INDEX_KIND

log = logging.getLogger("wellspring.worker")


class NotAReport(ExtractError):
    code = "not_a_report"
    message = marked("The page is kept, but it does not read like a report, so the library shows nothing of it.")


def run_hand_in(hand_in_id: int, *, settings: FetchSettings) -> HandIn | None:
    """Capture the address and read it; the row with the result, None where there is nothing to do."""
    handed = HandIn.objects.select_related("channel", "capture").filter(pk=hand_in_id, finished_at=None).first()
    if handed is None:
        return None
    handed.started_at = timezone.now()
    handed.save(update_fields=["started_at"])
    try:
        _capture(handed, settings)
    except EngineError as error:
        note_failure(handed, error)
    except Exception as fault:  # somebody waits: a fault of ours ends it too
        log.exception("handing in %s failed", handed.url)
        note_failure(handed, ReaderFailed(fault=type(fault).__name__))
    handed.finished_at = timezone.now()
    with transaction.atomic():
        handed.save()
        tell_who_handed_in(handed)
    return handed


def _capture(handed: HandIn, settings: FetchSettings) -> None:
    if handed.capture is None:
        handed.capture = keep_page(handed.url, settings=settings)
        handed.save(update_fields=["capture"])
    read = read_whole(handed.capture.pk, settings=settings)
    if read.reading.error_code:
        handed.error_code, handed.error_message = read.reading.error_code, read.reading.error_message
        handed.error_data = read.reading.error_data
    elif read.snapshot is None:
        raise NotAReport
    else:
        handed.snapshot = read.snapshot
        handed.was_known = read.snapshot.capture_id != handed.capture.pk
        if not handed.was_known:
            _file(handed, read.snapshot)


def _file(handed: HandIn, snapshot: Snapshot) -> None:
    """Into the channel that was chosen; the worker may have read the page before the choice was known to it."""
    if handed.channel is None or snapshot.channel_id == handed.channel_id:
        return
    with transaction.atomic():
        if Correction.objects.filter(snapshot=snapshot, field=Field.CHANNEL, withdrawn_at=None).exists():
            return
        Snapshot.objects.filter(pk=snapshot.pk).update(channel=handed.channel)
        record_index_changes(INDEX_KIND, [snapshot.pk])
