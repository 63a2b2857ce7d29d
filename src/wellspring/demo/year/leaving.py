"""Taking the year away again when the demo is left."""

from __future__ import annotations

from django.db.models import Q

from wellspring.core.models import Attachment
from wellspring.demo.models import DemoPerson
from wellspring.demo.people import COMMUNITY, NEIGHBOUR
from wellspring.people.models import Member, OrgUnit
from wellspring.plan.models import PlanItem, Progress, WorkPlan
from wellspring.sharing.models import (
    AgendaSlot,
    Attendance,
    Endorsement,
    Evidence,
    Idea,
    Remark,
    SessionSeries,
    SharingSession,
    Talk,
)


def remove_year() -> None:
    """Delete sessions, talks, ideas and plans of the demo's communities, in the caller's transaction.

    A community in which somebody from outside the demo took part keeps everything: the year is hers by now.
    """
    people = DemoPerson.objects.values("user")
    for unit in OrgUnit.objects.filter(name__in=(COMMUNITY, NEIGHBOUR), members__user__in=people).distinct():
        if not _others_took_part(unit):
            _empty(unit)


def _others_took_part(unit: OrgUnit) -> bool:
    others = Member.objects.filter(org=unit).exclude(user__in=DemoPerson.objects.values("user"))
    return any(
        rows.exists()
        for rows in (
            Talk.objects.filter(author__in=others),
            Idea.objects.filter(proposer__in=others),
            Remark.objects.filter(author__in=others),
            Endorsement.objects.filter(member__in=others),
            Attendance.objects.filter(member__in=others),
            AgendaSlot.objects.filter(speaker__in=others),
            PlanItem.objects.filter(Q(owner__in=others) | Q(co_owners__in=others)),
        )
    )


def _empty(unit: OrgUnit) -> None:
    # What a visitor, signed in as one of the demo's people, copied elsewhere stays, without its origin.
    Idea.objects.filter(copied_from__org=unit).update(copied_from=None)
    updates = Progress.objects.filter(item__plan__org=unit)
    files = {*updates.values_list("pictures", flat=True), *_papers(unit)}
    Idea.objects.filter(org=unit).delete()
    SharingSession.objects.filter(org=unit).delete()
    SessionSeries.objects.filter(org=unit).delete()
    Talk.objects.filter(org=unit).delete()
    PlanItem.objects.filter(plan__org=unit).update(came_from=None, merged_into=None)
    PlanItem.objects.filter(plan__org=unit).delete()
    WorkPlan.objects.filter(org=unit).delete()
    Attachment.objects.filter(pk__in=[pk for pk in files if pk]).delete()


def _papers(unit: OrgUnit) -> set[int | None]:
    return set(Evidence.objects.filter(talk__org=unit).values_list("attachment", flat=True))
