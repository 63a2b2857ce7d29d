"""Who of a unit has spoken how often: counts beside names in the order of the names, and no ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Max, Q
from django.utils import timezone

from wellspring.people.models import Member, OrgUnit, Role
from wellspring.people.permissions import GRANTS, Permission
from wellspring.people.queries.members import members_of
from wellspring.people.viewer import Viewer
from wellspring.sharing.models import Idea, Talk, TalkState

_ROLES = [role for role, granted in GRANTS.items() if Permission.TAKE_PART in granted]


@dataclass(frozen=True, slots=True)
class Spoken:
    """How often somebody spoke, and put something forward."""

    member: Member
    talks: int
    last_on: date | None
    """Of her last talk, also before the span."""
    ideas: int


def speaking_balance(viewer: Viewer, unit: OrgUnit, span: tuple[date, date]) -> Sequence[Spoken]:
    """Members who take part in the unit today, by pinyin. Four queries; nobody for who does not take part there."""
    if not viewer.may(Permission.TAKE_PART, org=unit):
        return []
    people = members_of(unit).filter(pk__in=Role.objects.filter(name__in=_ROLES).values("member"))
    first, last = (timezone.make_aware(datetime.combine(day, time.min)) for day in span)
    last += timedelta(days=1)
    given = Talk.objects.filter(state=TalkState.GIVEN, author__in=people).order_by().values_list("author")
    within = Q(given_at__gte=first, given_at__lt=last)
    counted = given.annotate(n=Count("pk", filter=within), latest=Max("given_at"))
    talks = {pk: (count, latest) for pk, count, latest in counted}
    handed_in = Idea.objects.filter(proposer__in=people, proposed_at__gte=first, proposed_at__lt=last).order_by()
    ideas = dict(handed_in.values_list("proposer").annotate(n=Count("pk")))
    rows = []
    for member in people:
        count, latest = talks.get(member.pk, (0, None))
        rows.append(
            Spoken(member, count, timezone.localtime(latest).date() if latest else None, ideas.get(member.pk, 0))
        )
    return rows
