"""Open ideas of the other communities of a subdistrict, and which of them a viewer follows or has copied."""

from __future__ import annotations

from collections.abc import Iterable

from wellspring.people.viewer import Viewer
from wellspring.sharing.models import Idea, IdeaFollow


def followed_ids(viewer: Viewer, ideas: Iterable[Idea]) -> set[int]:
    """Which of these she follows. One query."""
    if viewer.user is None:
        return set()
    return set(IdeaFollow.objects.filter(user=viewer.user, idea__in=list(ideas)).values_list("idea", flat=True))
