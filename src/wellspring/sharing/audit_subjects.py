"""How the audit trail speaks of sessions, talks and ideas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils import timezone

from wellspring.core.registry import AuditSubject, register_audit_subjects
from wellspring.sharing.models import Idea, SessionSeries, SharingSession, Talk

Names = Mapping[int, tuple[str, str]]


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_audit_subjects(
        AuditSubject("sharing.sharingsession", lambda session: session.org.path, _sessions),
        AuditSubject("sharing.talk", lambda talk: talk.org.path, _talks),
        AuditSubject("sharing.idea", lambda idea: idea.org.path, _ideas),
        AuditSubject("sharing.sessionseries", lambda series: series.org.path, _series),
    )


def _sessions(ids: Sequence[int]) -> Names:
    return {
        session.pk: (
            f"{session.title} {timezone.localtime(session.starts_at):%Y-%m-%d}",
            reverse("sharing:session", kwargs={"pk": session.pk}),
        )
        for session in SharingSession.objects.filter(pk__in=ids)
    }


def _talks(ids: Sequence[int]) -> Names:
    return {
        talk.pk: (str(talk), reverse("sharing:talk", kwargs={"pk": talk.pk}))
        for talk in Talk.objects.filter(pk__in=ids)
    }


def _ideas(ids: Sequence[int]) -> Names:
    return {
        idea.pk: (idea.title, reverse("sharing:idea", kwargs={"pk": idea.pk}))
        for idea in Idea.objects.filter(pk__in=ids)
    }


def _series(ids: Sequence[int]) -> Names:
    return {
        series.pk: (series.title, reverse("sharing:series", kwargs={"pk": series.pk}))
        for series in SessionSeries.objects.filter(pk__in=ids)
    }
