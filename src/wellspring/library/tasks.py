"""Background work of the library, as tasks that may run twice, and the sweep that finds pages without a task."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from wellspring.core.work.queue import LOST
from wellspring.engine.records import CaptureKind
from wellspring.library.models import Capture, Reading
from wellspring.library.services import readings

SWEPT_AT_ONCE = 500
_SETTLED = timedelta(minutes=10)


@task()
def read_capture(capture_id: int) -> str:
    """Make of a captured page what readers see; returns a line for the log."""
    return readings.read_capture(capture_id).line


class ReadingSweep:
    """Enqueues pages without a reading, and then those that an older extractor read."""

    def __init__(self) -> None:
        self._read_up_to = 0
        """Every page up to this capture has a reading: they are not looked at again."""

    def __call__(self) -> int:
        own = DBTaskResult.objects.filter(task_path=read_capture.module_path)
        at_hand = own.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING))
        if at_hand.count() >= SWEPT_AT_ONCE:
            return 0
        unread = self._unread()
        outdated = [] if unread else _outdated()
        taken = {arguments["args"][0] for arguments in at_hand.values_list("args_kwargs", flat=True)}
        for capture_id in _given_up(unread):
            readings.record_reader_failure(capture_id, fault="WorkerLost")
            taken.add(capture_id)
        missing = [capture_id for capture_id in unread or outdated if capture_id not in taken]
        # What is new goes first.
        job = read_capture if unread else read_capture.using(priority=-10)
        with transaction.atomic():
            for capture_id in missing:
                job.enqueue(capture_id)
        return len(missing)

    def _unread(self) -> list[int]:
        pages = Capture.objects.filter(kind=CaptureKind.PAGE, pk__gt=self._read_up_to)
        unread = list(
            pages.filter(reading=None).order_by("pk").values_list("pk", flat=True)[:SWEPT_AT_ONCE],
        )
        # Only what was captured a while ago: a lower id may still be on its way to being committed.
        settled = pages.filter(received_at__lt=timezone.now() - _SETTLED).order_by("-pk").values_list("pk", flat=True)
        self._read_up_to = unread[0] - 1 if unread else (settled.first() or self._read_up_to)
        return unread


def _given_up(unread: list[int]) -> set[int]:
    """Pages that no worker survived reading."""
    lost = DBTaskResult.objects.filter(
        task_path=read_capture.module_path, status=TaskResultStatus.FAILED, exception_class_path=LOST
    )
    return {arguments["args"][0] for arguments in lost.values_list("args_kwargs", flat=True)} & set(unread)


def _outdated() -> list[int]:
    """The first of one older version: they lie in the index in order, however many there are."""
    old = Reading.objects.filter(extractor_version__lt=readings.current_version()).order_by("extractor_version")
    version = old.values_list("extractor_version", flat=True).first()
    if version is None:
        return []
    of_it = Reading.objects.filter(extractor_version=version).order_by("capture_id")
    return list(of_it.values_list("capture_id", flat=True)[:SWEPT_AT_ONCE])
