"""What somebody finds of her own: her talks, ideas, takeaways and the sessions she was at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from wellspring.people.viewer import Viewer
from wellspring.sharing.models import Attendance, Idea, SessionState, Talk, TalkState

SHOWN = 50
"""So many of each kind, the newest first."""


@dataclass(frozen=True, slots=True)
class Mine:
    """A person's own page."""

    drafts: tuple[Talk, ...]
    talks: tuple[Talk, ...]
    """Handed in or given, with `suggestion_count`."""
    ideas: tuple[Idea, ...]
    """Handed in by her, with counts of remarks and endorsements."""
    attended: tuple[Attendance, ...]
    """Sessions she was at, the latest first, with her takeaway where she noted one."""
    counts: Mapping[str, int]
    """Of all there are: `given`, `ideas`, `golden`, `attended`, `takeaways`."""

    @property
    def is_empty(self) -> bool:
        return not (self.drafts or self.talks or self.ideas or self.attended)


def takeaways_of(viewer: Viewer) -> QuerySet[Attendance]:
    """What she noted, the latest first, with session; hers alone."""
    return _attended(viewer).exclude(takeaway="")


def mine_of(viewer: Viewer) -> Mine:
    """Of somebody signed in, by whichever membership: five queries."""
    talks = list(
        Talk.objects.filter(author__user=viewer.user)
        .select_related("topic", "org")
        .annotate(suggestion_count=Count("suggestions"))
        .order_by("-saved_at", "-id")[: 2 * SHOWN]
    )
    ideas = (
        Idea.objects.filter(proposer__user=viewer.user)
        .select_related("topic", "org", "suggestion__talk")
        .annotate(
            remark_count=Count("remarks", filter=Q(remarks__withdrawn_at=None), distinct=True),
            endorsement_count=Count("endorsements", distinct=True),
        )
    )
    attended = _attended(viewer)
    counted = attended.aggregate(attended=Count("pk"), takeaways=Count("pk", filter=~Q(takeaway="")))
    of_ideas = Idea.objects.filter(proposer__user=viewer.user).aggregate(
        ideas=Count("pk"), golden=Count("pk", filter=Q(is_golden=True))
    )
    return Mine(
        drafts=tuple(talk for talk in talks if talk.state == TalkState.DRAFT),
        talks=tuple(talk for talk in talks if talk.state != TalkState.DRAFT),
        ideas=tuple(ideas[:SHOWN]),
        attended=tuple(attended[:SHOWN]),
        counts={"given": sum(talk.state == TalkState.GIVEN for talk in talks), **of_ideas, **counted},
    )


def _attended(viewer: Viewer) -> QuerySet[Attendance]:
    held = Q(session__state__in=(SessionState.RUNNING, SessionState.HELD))
    return (
        Attendance.objects.filter(held, member__user=viewer.user)
        .select_related("session__org")
        .order_by("-session__starts_at", "-id")
    )
