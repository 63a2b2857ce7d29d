"""How the audit trail speaks of sessions, talks and ideas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils import timezone

from wellspring.core.registry import AuditSubject, register_audit_subjects
from wellspring.sharing.models import SharingSession

Names = Mapping[int, tuple[str, str]]


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_audit_subjects(
        AuditSubject("sharing.sharingsession", lambda session: session.org.path, _sessions),
    )


def _sessions(ids: Sequence[int]) -> Names:
    return {
        session.pk: (
            f"{session.title} {timezone.localtime(session.starts_at):%Y-%m-%d}",
            reverse("sharing:session", kwargs={"pk": session.pk}),
        )
        for session in SharingSession.objects.filter(pk__in=ids)
    }
