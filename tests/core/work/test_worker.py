"""No task is lost with its worker, and none runs for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from wellspring.core import registry
from wellspring.core.lifelocks import LifeLock
from wellspring.core.work.queue import LOST, claim_tasks, prune_finished, requeue_lost
from wellspring.core.work.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)

seen: list[int] = []


@task()
def note(number: int) -> str:
    if number < 0:
        raise ValueError(f"no task {number}")
    seen.append(number)
    return f"noted {number}"


@pytest.fixture(autouse=True)
def nothing_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    seen.clear()
    monkeypatch.setattr(registry, "_sweeps", {})


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Worker]:
    worker = Worker(tmp_path)
    yield worker
    worker.close()


def statuses() -> list[str]:
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def test_every_task_is_run_and_marked_as_done(worker: Worker) -> None:
    for number in range(20):
        note.enqueue(number)
    worker.run(until_idle=True)
    assert sorted(seen) == list(range(20))
    assert statuses() == [TaskResultStatus.SUCCESSFUL] * 20
    assert worker.done == 20


def test_a_task_that_fails_is_kept_as_failed_and_the_others_run(worker: Worker) -> None:
    for number in (1, -1, 2):
        note.enqueue(number)
    worker.run(until_idle=True)
    assert sorted(seen) == [1, 2]
    failed = DBTaskResult.objects.get(status=TaskResultStatus.FAILED)
    assert failed.exception_class_path == "builtins.ValueError"


def test_a_task_whose_code_is_gone_does_not_stop_the_worker(worker: Worker) -> None:
    note.enqueue(1)
    DBTaskResult.objects.update(task_path="wellspring.nowhere.task")
    note.enqueue(2)
    worker.run(until_idle=True)
    assert seen == [2]
    assert statuses() == [TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL]


def test_tasks_of_a_dead_worker_are_taken_up_at_once(worker: Worker, tmp_path: Path) -> None:
    dead = LifeLock(tmp_path)
    note.enqueue(7)
    claim_tasks(dead.name, most=8)
    assert requeue_lost(worker.lock) == (0, 0)
    dead.close()
    worker.run(until_idle=True)
    assert seen == [7]


def test_tasks_of_a_worker_elsewhere_are_taken_up_when_their_lease_is_over(worker: Worker) -> None:
    note.enqueue(7)
    claim_tasks("elsewhere:abc/def", most=8)
    assert requeue_lost(worker.lock) == (0, 0)
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=1))
    assert requeue_lost(worker.lock) == (1, 0)


def test_a_task_that_no_worker_survives_is_given_up_and_takes_no_other_with_it(worker: Worker, tmp_path: Path) -> None:
    for number in range(4):
        note.enqueue(number)
    deadly = DBTaskResult.objects.all()[1].pk
    deaths = 0
    while True:
        victim = LifeLock(tmp_path)
        tasks = claim_tasks(victim.name, most=8)
        if not tasks:
            victim.close()
            break
        if deadly in {task.pk for task in tasks}:
            deaths += 1
            victim.close()
            requeue_lost(worker.lock)
            continue
        DBTaskResult.objects.filter(pk__in=[task.pk for task in tasks]).update(status=TaskResultStatus.SUCCESSFUL)
        victim.close()
    assert deaths == 3
    assert statuses() == [TaskResultStatus.FAILED] + [TaskResultStatus.SUCCESSFUL] * 3
    assert DBTaskResult.objects.get(pk=deadly).exception_class_path == LOST


def test_a_worker_told_to_stop_puts_back_what_it_has_not_begun(worker: Worker) -> None:
    for number in range(5):
        note.enqueue(number)

    class Stopping(list[int]):
        def append(self, number: int) -> None:
            super().append(number)
            worker.stopping = True

    global seen
    before, seen = seen, Stopping()
    try:
        worker.run()
        assert len(seen) == 1
    finally:
        seen = before
    assert statuses() == [TaskResultStatus.READY] * 4 + [TaskResultStatus.SUCCESSFUL]
    assert all(task.worker_ids == [] for task in DBTaskResult.objects.ready())


def test_work_that_nobody_enqueued_is_found_by_the_sweeps(worker: Worker) -> None:
    found = [3, 4]

    def sweep() -> int:
        wanted, found[:] = list(found), []
        for number in wanted:
            note.enqueue(number)
        return len(wanted)

    registry.register_sweep("numbers", sweep)
    worker.run(until_idle=True)
    assert sorted(seen) == [3, 4]


def test_finished_tasks_are_cleared_away_after_a_day(worker: Worker) -> None:
    note.enqueue(1)
    note.enqueue(2)
    worker.run(until_idle=True)
    first = DBTaskResult.objects.first()
    assert first is not None
    DBTaskResult.objects.filter(pk=first.pk).update(finished_at=timezone.now() - timedelta(days=2))
    note.enqueue(3)
    assert prune_finished() == 1
    assert statuses() == [TaskResultStatus.READY, TaskResultStatus.SUCCESSFUL]
