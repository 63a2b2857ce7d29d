"""Running a trial in the background: over the network, outside transactions, its result written at the end."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.utils import timezone

from wellspring.engine.errors import EngineError, ReaderFailed
from wellspring.engine.fetch.settings import FetchSettings
from wellspring.library.filing import clean
from wellspring.library.models import HandIn, SourceTrial
from wellspring.library.services.trial import Trial, read_one, try_source
from wellspring.library.services.visits import storable

MOST_PAGES = 500
SAMPLES_TRIED = 2

log = logging.getLogger("wellspring.worker")


def run_trial(trial_id: int, *, settings: FetchSettings) -> SourceTrial | None:
    """Look at the address and read one of its pages; the row with the result, None where there is nothing to do."""
    trial = SourceTrial.objects.filter(pk=trial_id, finished_at=None).first()
    if trial is None:
        return None
    trial.started_at = timezone.now()
    trial.save(update_fields=["started_at"])
    try:
        found = try_source(trial.url, settings, pattern=trial.pattern)
        _note(trial, found)
        trial.sample = clean(_sample(found, settings))
    except EngineError as error:
        note_failure(trial, error)
    except Exception as fault:  # somebody waits: a fault of ours ends the trial too
        log.exception("the trial of %s failed", trial.url)
        note_failure(trial, ReaderFailed(fault=type(fault).__name__))
    trial.finished_at = timezone.now()
    trial.save()
    return trial


def note_failure(asked: SourceTrial | HandIn, error: EngineError) -> None:
    """Write down why nothing came of it; the caller saves."""
    asked.error_code, asked.error_message = error.code, error.message
    asked.error_data = storable(error.data)


def _note(trial: SourceTrial, found: Trial) -> None:
    trial.final_url = found.url[:2000]
    trial.kind = found.kind.value if found.kind else ""
    trial.name = str(clean(found.name))[:80]
    trial.found = len(found.everything)
    trial.pages = clean([[page.url, page.title or ""] for page in found.everything[:MOST_PAGES]])
    trial.sitemaps = found.sitemaps
    trial.feeds = clean(list(found.feeds[:20]))
    if found.robots is not None:
        trial.robots_reason = found.robots.reason[:120]
        trial.robots_url = found.robots.robots_url[:2000]
    if found.problem is not None:
        note_failure(trial, found.problem)


def _sample(found: Trial, settings: FetchSettings) -> dict[str, Any]:
    """One page as it was read; the first reason where none of those tried can be."""
    failed: dict[str, Any] = {}
    for page in found.pages[:SAMPLES_TRIED]:
        time.sleep(settings.delay)
        try:
            record = read_one(page.url, settings)
        except EngineError as error:
            failed = failed or {"url": page.url, "error": error.message, "data": storable(error.data)}
            continue
        told = record.as_json()
        body = [block.get("text", "") for block in told.pop("body")]
        return {**told, "url": page.url, "opening": " ".join(body)[:200], "length": sum(map(len, body))}
    return failed
