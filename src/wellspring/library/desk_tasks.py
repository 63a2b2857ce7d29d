"""Background work that somebody at the desk waits for, and the sweep that finds it again after a crash."""

from __future__ import annotations

from django.db import transaction
from django_tasks import TaskResultStatus, task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from wellspring.library.models import HandIn, Refiling, SourceTrial

MOST_SWEPT = 200
REFILING_PRIORITY = -20
"""Readers and members come first."""


@task()
def try_address(trial_id: int) -> str:
    """Look at an address; returns a line for the log."""
    from wellspring.library.crawling import fetch_settings
    from wellspring.library.services.trial_runs import run_trial

    trial = run_trial(trial_id, settings=fetch_settings())
    return f"trial {trial_id}: nothing to do" if trial is None else f"trial {trial_id}: {trial.found} at {trial.url}"


@task()
def capture_handed_in(hand_in_id: int) -> str:
    """Capture what a member handed in; returns a line for the log."""
    from wellspring.library.crawling import fetch_settings
    from wellspring.library.services.handing_in_runs import run_hand_in

    handed = run_hand_in(hand_in_id, settings=fetch_settings())
    if handed is None:
        return f"hand-in {hand_in_id}: nothing to do"
    return f"hand-in {hand_in_id}: {handed.error_code or f'snapshot {handed.snapshot_id}'} {handed.url}"


@task()
def refile(refiling_id: int) -> str:
    """Go on with a refiling for a while; what is left gets a task of its own. Returns a line for the log."""
    from wellspring.library.services.refiling import run_refiling

    if run_refiling(refiling_id):
        refile.using(priority=REFILING_PRIORITY).enqueue(refiling_id)
        return f"refiling {refiling_id} goes on"
    return f"refiling {refiling_id} is done"


def sweep_asked() -> int:
    """Enqueue what was asked for and has no task; how much."""
    return (
        _enqueue_missing(try_address, SourceTrial.objects.filter(finished_at=None))
        + _enqueue_missing(capture_handed_in, HandIn.objects.filter(finished_at=None))
        + _enqueue_missing(refile.using(priority=REFILING_PRIORITY), Refiling.objects.filter(finished_at=None))
    )


def _enqueue_missing(job: Task, rows: object) -> int:
    own = DBTaskResult.objects.filter(task_path=job.module_path)
    at_hand = own.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING))
    wanted: list[int] = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_SWEPT])  # type: ignore[attr-defined]  # a query set of any model
    if not wanted:
        return 0
    taken = {arguments["args"][0] for arguments in at_hand.values_list("args_kwargs", flat=True)}
    missing = [pk for pk in wanted if pk not in taken]
    with transaction.atomic():
        for pk in missing:
            job.enqueue(pk)
    return len(missing)
