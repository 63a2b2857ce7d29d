"""What a worker forgets by itself, because it holds personal data that nobody needs any more."""

from __future__ import annotations

from django.utils import timezone

from wellspring.people.models import StaffImport


def forget_old_imports() -> int:
    """Delete staff lists that nobody confirmed in time; how many."""
    return StaffImport.objects.filter(confirmed_at=None, expires_at__lte=timezone.now()).delete()[0]
