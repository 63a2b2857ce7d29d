"""What the health page and `wellspring doctor` say about sources, background work and the search index."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.library.factories import make_capture, make_source, make_visit
from wellspring.core.flow_health import FAR_BEHIND
from wellspring.core.models import Follower, IndexChange
from wellspring.core.registry import Finding, health_checks
from wellspring.engine.extract import walk
from wellspring.library.models import Reading
from wellspring.library.services.readings import read_capture as read
from wellspring.library.tasks import read_capture

pytestmark = pytest.mark.django_db


def looked(code: str) -> list[Finding]:
    return [finding for check in health_checks() if check.code == code for finding in check.look()]


def test_failing_sources_are_counted_and_named() -> None:
    make_source("好的")
    assert [one.level for one in looked("sources")] == ["good"]
    make_visit(make_source("坏的"), finished_at=timezone.now(), error_code="status_refused", error_message="x")
    (found,) = looked("sources")
    assert found.level == "warning"
    assert "坏的" in found.said
    assert found.todo


def test_a_task_that_waits_long_is_a_warning() -> None:
    read_capture.enqueue(1)
    assert [one.level for one in looked("tasks")] == ["good"]
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(hours=1))
    (found,) = looked("tasks")
    assert found.level == "warning"
    assert "60" in found.said


def test_an_index_far_behind_or_not_there_is_a_warning() -> None:
    assert [one.level for one in looked("index")] == ["warning"]
    Follower.objects.create(name="here")
    assert [one.level for one in looked("index")] == ["good"]
    IndexChange.objects.bulk_create([IndexChange(kind="library.snapshot", object_id=1)] * (FAR_BEHIND + 1))
    assert [one.level for one in looked("index")] == ["warning"]


def test_pages_that_older_rules_read_are_counted() -> None:
    reading = read(make_capture().pk).reading
    found, _ = looked("readings")
    assert (found.level, found.todo) == ("good", "")
    Reading.objects.filter(pk=reading.pk).update(extractor_version=0)
    cache.clear()
    found, _ = looked("readings")
    assert "1" in found.said
    assert "reextract" in found.todo


def test_it_is_told_whether_the_rules_that_read_pages_run_compiled() -> None:
    _, told = looked("readings")
    assert told.level == "good"
    assert ("make compiled" in told.todo) == walk.__file__.endswith(".py")
