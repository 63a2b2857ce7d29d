"""The task table between workers: claimed, given back, taken from the dead, cleared away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from wellspring.core.lifelocks import LifeLock

LEASE = timedelta(minutes=10)
"""A task that runs longer is taken for lost, whoever runs it."""
MOST_ATTEMPTS = 3
KEPT = timedelta(days=1)
"""How long finished tasks can be looked up."""
LOST = f"{__name__}.WorkerLost"


class WorkerLost(Exception):
    """Named as the reason of a task that no worker survived."""


def claim_tasks(worker: str, *, most: int) -> list[DBTaskResult]:
    """The next tasks, now marked as run by `worker`.

    A task that was claimed before comes alone: if it kills its worker, it takes no other task with it.
    """
    ready = DBTaskResult.objects.ready()
    if not ready.exists():  # an idle worker takes no lock
        return []
    with transaction.atomic():
        tasks = list(ready.select_for_update(skip_locked=True)[:most])
        risky = next((number for number, task in enumerate(tasks) if task.worker_ids), None)
        if risky is not None:
            tasks = tasks[: max(risky, 1)]
        for task in tasks:
            task.claim(worker)
    return tasks


def finish_tasks(tasks: Iterable[DBTaskResult]) -> None:
    """Mark tasks as done. What they returned was for the log."""
    ids = [task.pk for task in tasks]
    if ids:
        DBTaskResult.objects.filter(pk__in=ids, status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now()
        )


def give_back(tasks: Iterable[DBTaskResult]) -> None:
    """Put claimed tasks back that were not begun."""
    with transaction.atomic():
        for task in tasks:
            DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING).update(
                status=TaskResultStatus.READY, worker_ids=task.worker_ids[:-1]
            )


def requeue_lost(lock: LifeLock) -> tuple[int, int]:
    """Put tasks of dead workers back, and give those up that cost several workers; how many of each.

    `lock` is the asking worker's own: it runs nothing while it asks, so what is marked as its own got lost too. Whether
    a worker of another host lives cannot be seen; its tasks are lost when their lease is over.
    """
    back = given_up = 0
    overdue = timezone.now() - LEASE
    others = lock.alive() - {lock.name}
    with transaction.atomic():
        for task in DBTaskResult.objects.running().select_for_update(skip_locked=True):
            late = task.started_at is None or task.started_at < overdue
            last = task.worker_ids[-1] if task.worker_ids else ""
            dead = last.rpartition("/")[0] == lock.home and last not in others
            if not late and not dead:
                continue
            if len(task.worker_ids) < MOST_ATTEMPTS:
                task.status = TaskResultStatus.READY
                back += 1
            else:
                task.status = TaskResultStatus.FAILED
                task.finished_at = timezone.now()
                task.exception_class_path = LOST
                given_up += 1
            task.save(update_fields=["status", "finished_at", "exception_class_path"])
    return back, given_up


def prune_finished() -> int:
    """Clear finished tasks away that nobody will look up; how many."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT)
    return old.delete()[0]
