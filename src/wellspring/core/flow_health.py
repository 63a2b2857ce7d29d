"""Health of what flows: tasks that wait for a worker, and how far the search index is behind the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Min, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from wellspring.core.health import GOOD, WARNING
from wellspring.core.models import Follower, IndexChange
from wellspring.core.registry import Finding, HealthCheck, register_health_checks
from wellspring.engine.errors import marked

WAITED_LONG = timedelta(minutes=15)
FAR_BEHIND = 5_000
"""Changes of the index; a follower takes some thousand a minute."""


def register_flow_checks() -> None:
    """Tasks and the search index."""
    register_health_checks(
        HealthCheck("tasks", marked("Background work"), _tasks), HealthCheck("index", marked("Search index"), _index)
    )


def _tasks() -> Iterator[Finding]:
    ready = DBTaskResult.objects.ready().order_by()
    told = ready.aggregate(count=Count("pk"), oldest=Min("enqueued_at"))
    count, oldest = told["count"], told["oldest"]
    waited = timezone.now() - oldest if oldest else timedelta(0)
    minutes = int(waited.total_seconds() // 60)
    said = _("Tasks that wait: %(count)s; the oldest for %(minutes)s minutes.") % {"count": count, "minutes": minutes}
    if waited > WAITED_LONG:
        yield Finding(WARNING, said, _("Start another `wellspring worker`, or see in its log what holds it up."))
    else:
        yield Finding(GOOD, said)


def _index() -> Iterator[Finding]:
    later = IndexChange.objects.filter(pk__gt=OuterRef("position")).order_by()
    count = later.annotate(none=Value(1)).values("none").annotate(count=Count("pk")).values("count")
    followers = list(Follower.objects.annotate(behind=Coalesce(Subquery(count), 0)).order_by("name"))
    if not followers:
        yield Finding(
            WARNING,
            _("No search index follows the database: new reports are not found by their words."),
            _("Start `wellspring follow`, or `wellspring up` for everything."),
        )
    for follower in followers:
        behind = follower.behind
        said = _("The search index of %(name)s is %(count)s changes behind.") % {"name": follower.name, "count": behind}
        if behind > FAR_BEHIND:
            yield Finding(WARNING, said, _("See that `wellspring follow` runs there; it catches up by itself."))
        else:
            yield Finding(GOOD, said)
