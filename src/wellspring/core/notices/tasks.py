"""Background work of notices, the sweep that finds what is due, and clearing away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from wellspring.core.notices.delivery import deliver_mails, mails_due
from wellspring.core.notices.mail import mail_is_on
from wellspring.core.notices.services import prune_notices


@task()
def send_due_mails() -> str:
    """Send what is due by mail; a line for the log."""
    return f"{deliver_mails()} mails with notices sent"


def sweep_mails() -> int:
    """Enqueue the sending of mails where some are due; how many tasks."""
    return enqueue_once(send_due_mails) if mail_is_on() and mails_due().exists() else 0


def clear_old_notices() -> str:
    """Delete what was read long ago; a line for the log."""
    cleared = prune_notices()
    return f"{cleared} old notices cleared away" if cleared else ""


def enqueue_once(job: Any) -> int:
    """Enqueue a task without arguments unless it waits or runs already; how many were enqueued."""
    at_hand = DBTaskResult.objects.filter(
        task_path=job.module_path, status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)
    )
    if at_hand.exists():
        return 0
    enqueue: Callable[[], object] = job.enqueue
    enqueue()
    return 1
