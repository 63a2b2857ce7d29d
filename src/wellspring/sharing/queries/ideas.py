"""Ideas as far as a viewer may see them, and who may decide on them."""

from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wellspring.people.models import Level, OrgUnit
from wellspring.people.permissions import Permission
from wellspring.people.queries.administrators import paths_above
from wellspring.people.viewer import Viewer
from wellspring.sharing.models import AgendaSlot, Endorsement, Idea, Remark, SessionState
from wellspring.sharing.queries.hosting import units_chaired


def own_ideas(viewer: Viewer) -> QuerySet[Idea]:
    """Ideas of the units in which she takes part, newest first, with unit, topic, proposer, talk."""
    return _with_names(Idea.objects.filter(viewer.below(Permission.TAKE_PART, "org__path")))


def visible_ideas(viewer: Viewer) -> QuerySet[Idea]:
    """Her own units' ideas, and the open ones of her subdistrict, with unit, topic, proposer, talk."""
    return _with_names(
        Idea.objects.filter(viewer.below(Permission.TAKE_PART, "org__path") | (Q(is_open=True) & _nearby(viewer)))
    )


def open_ideas_of_others(viewer: Viewer) -> QuerySet[Idea]:
    """Open ideas of the other communities of her subdistrict, with unit, topic, proposer, talk."""
    return _with_names(
        Idea.objects.filter(_nearby(viewer), is_open=True).exclude(viewer.below(Permission.TAKE_PART, "org__path"))
    )


def is_own(viewer: Viewer, idea: Idea) -> bool:
    """Whether it is an idea of a unit in which she takes part, so that she sees who said what to it."""
    return viewer.may(Permission.TAKE_PART, org=idea.org)


def counted(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """The same with `remark_count` (withdrawn ones left out) and `endorsement_count`."""
    return ideas.annotate(
        remark_count=_count_of(Remark.objects.filter(withdrawn_at=None)),
        endorsement_count=_count_of(Endorsement.objects.all()),
    )


def may_decide(viewer: Viewer, idea: Idea) -> bool:
    """Whether she may decide on it: a leader of its unit, or the chair of a session on whose agenda its talk stands.

    On an idea that no talk brought or that came back by itself also this month's chair. At most two queries.
    """
    if viewer.may(Permission.HOST_SESSIONS, org=idea.org):
        return True
    if not viewer.may(Permission.TAKE_PART, org=idea.org):
        return False
    if idea.suggestion is not None:
        hers = AgendaSlot.objects.filter(
            talk=idea.suggestion.talk_id, session__org=idea.org_id, session__host__in=_memberships(viewer)
        ).exclude(session__state=SessionState.CANCELLED)
        if hers.exists():
            return True
    return (idea.suggestion is None or idea.returned_at is not None) and idea.org_id in units_chaired(viewer)


def _memberships(viewer: Viewer) -> list[int]:
    return [place.member_id for place in viewer.places if Permission.TAKE_PART in place.permissions]


def _with_names(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    return ideas.select_related("org", "topic", "proposer__user", "suggestion__talk")


def _nearby(viewer: Viewer) -> Q:
    """Units below those whose figures she sees, and below the subdistricts that those belong to. One query."""
    paths = viewer.paths(Permission.SEE_FIGURES)
    above = {path for place in paths if place != "/" for path in paths_above(OrgUnit(path=place))}
    streets = OrgUnit.objects.filter(level=Level.SUBDISTRICT, path__in=above).values_list("path", flat=True)
    where = Q(pk__in=())
    for path in {*paths, *(streets if above else ())}:
        where |= Q(org__path__startswith=path)
    return where


def _count_of(rows: QuerySet[Remark] | QuerySet[Endorsement]) -> Coalesce:
    counts = rows.filter(idea=OuterRef("pk")).order_by().values("idea").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)
