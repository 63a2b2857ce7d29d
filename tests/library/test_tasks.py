"""Pages that lost their task, or were read by an older extractor, are found again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.library.factories import make_capture
from wellspring.core.work.queue import LOST
from wellspring.engine.extract import VERSION
from wellspring.library.models import Capture, Reading
from wellspring.library.tasks import ReadingSweep, read_capture

pytestmark = pytest.mark.django_db


def enqueued() -> list[int]:
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return sorted(arguments["args"][0] for arguments in ready.values_list("args_kwargs", flat=True))


def read(capture: Capture, version: int = VERSION) -> None:
    Reading.objects.create(capture=capture, extractor_version=version, kind="article")


def test_a_page_without_reading_and_task_is_enqueued_once() -> None:
    page = make_capture()
    make_capture(kind="picture")
    read(make_capture())
    sweep = ReadingSweep()
    assert sweep() == 1
    assert sweep() == 0
    assert enqueued() == [page.pk]


def test_a_page_whose_task_waits_or_runs_is_left_alone() -> None:
    for status in (TaskResultStatus.READY, TaskResultStatus.RUNNING):
        task = read_capture.enqueue(make_capture().pk)
        DBTaskResult.objects.filter(pk=task.id).update(status=status)
    assert ReadingSweep()() == 0


def test_a_page_whose_task_failed_is_tried_again() -> None:
    page = make_capture()
    read_capture.enqueue(page.pk)
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, exception_class_path="django.db.OperationalError")
    assert ReadingSweep()() == 1


def test_a_page_that_no_worker_survives_gets_a_reading_that_says_so() -> None:
    page = make_capture()
    read_capture.enqueue(page.pk)
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, exception_class_path=LOST)
    assert ReadingSweep()() == 0
    assert Reading.objects.get(capture=page).error_code == "reader_failed"


def test_pages_of_an_older_extractor_come_after_the_unread_and_with_less_haste() -> None:
    old, new = make_capture(), make_capture()
    read(old, VERSION - 1)
    sweep = ReadingSweep()
    assert sweep() == 1
    assert enqueued() == [new.pk]
    read(new)
    assert sweep() == 1
    assert enqueued() == [old.pk, new.pk]
    first = DBTaskResult.objects.ready().first()
    assert first is not None
    assert first.args_kwargs["args"] == [new.pk]


def test_pages_read_long_ago_are_not_looked_at_again_but_late_ones_are_found() -> None:
    for _ in range(3):
        read(make_capture(captured_at=timezone.now() - timedelta(hours=1)))
    late = make_capture(captured_at=timezone.now())
    read(late)
    sweep = ReadingSweep()
    assert sweep() == 0
    Reading.objects.filter(capture=late).delete()
    assert sweep() == 1
    assert enqueued() == [late.pk]
