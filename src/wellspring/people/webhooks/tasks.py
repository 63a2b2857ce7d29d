"""Background work of groups' robots, and the sweep that finds what is due."""

from __future__ import annotations

from django_tasks import task

from wellspring.core.notices.tasks import enqueue_once
from wellspring.people.webhooks.delivery import deliver_to_groups, groups_due


@task()
def tell_groups() -> str:
    """Tell the groups that are due; a line for the log."""
    return f"{deliver_to_groups()} groups told"


def sweep_groups() -> int:
    """Enqueue the telling of groups where one is due; how many tasks."""
    return enqueue_once(tell_groups) if groups_due().exists() else 0
