"""Open ideas of the other communities of a subdistrict, and which of them a viewer follows or has copied."""

from __future__ import annotations

from collections.abc import Iterable

from wellspring.people.viewer import Viewer
from wellspring.sharing.models import Idea, IdeaFollow
from wellspring.sharing.queries.ideas import open_ideas_of_others


def followed_ids(viewer: Viewer, ideas: Iterable[Idea]) -> set[int]:
    """Which of these she follows. One query."""
    if viewer.user is None:
        return set()
    return set(IdeaFollow.objects.filter(user=viewer.user, idea__in=list(ideas)).values_list("idea", flat=True))


def units_that_opened(viewer: Viewer) -> list[tuple[int, str]]:
    """Id and name of the other communities that have opened an idea. One query and that of her subdistrict."""
    rows = open_ideas_of_others(viewer).order_by("org__path").values_list("org", "org__name").distinct()
    return list(dict(rows).items())
