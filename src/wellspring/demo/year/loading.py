"""Loading the year once into a new demo."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from wellspring.core import audit
from wellspring.demo.site.clock import DemoClock
from wellspring.demo.site.reports import read_reports
from wellspring.demo.year.ahead import prepare_next
from wellspring.demo.year.calendar import session_days
from wellspring.demo.year.cast import Cast
from wellspring.demo.year.ideas import IdeaWriter
from wellspring.demo.year.sessions import SessionWriter
from wellspring.demo.year.told import neighbours_ideas, told_year
from wellspring.plan.models import WorkPlan
from wellspring.sharing.models import SessionSeries
from wellspring.topics.models import Topic

_CLOSED_AFTER = timedelta(days=20)


def load_year() -> None:
    """Write the demo's year of sessions, ideas and plans; nothing where its community has a session already."""
    cast, now = Cast.of_the_demo(), timezone.now()
    if SessionSeries.objects.filter(org=cast.community).exists():
        return
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    with transaction.atomic():
        titles = {report.key: report.title for report in read_reports(DemoClock(now))}
        writer = SessionWriter(cast, topics, titles, now)
        days = session_days(timezone.localdate())
        series = writer.series(days[0])
        for told, day in zip(told_year(), days, strict=True):
            writer.write(told, day, series)
        ideas = IdeaWriter(cast, now)
        for idea in neighbours_ideas():
            begun = now - timedelta(days=30 * idea.months)
            ideas.write(
                idea,
                proposer=cast.member("he"),
                topic=topics[idea.topic],
                after=lambda days, minutes, begun=begun: begun + timedelta(days=days, minutes=minutes),  # type: ignore[misc]  # a default binds it
                decided_by="he",
                later_by="he",
            )
        _close_old_plans(cast)
        prepare_next(series, cast)
        audit.record("demo.year_loaded", actor=None, on=series, data={"sessions": len(days)})


def _close_old_plans(cast: Cast) -> None:
    """Plans whose time is over and whose items all have an end are history."""
    today = timezone.localdate()
    for plan in WorkPlan.objects.filter(org=cast.community):
        if plan.ends_on + _CLOSED_AFTER < today and not plan.items.filter(ended_at=None).exists():
            plan.closed_at = timezone.now() - (today - plan.ends_on - _CLOSED_AFTER)
            plan.closed_by = cast.user("shen")
            plan.save(update_fields=["closed_at", "closed_by"])
