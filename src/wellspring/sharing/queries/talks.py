"""Talks as far as a viewer may see them: a draft is its author's alone."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from wellspring.people.models import OrgUnit
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.sharing.models import AgendaSlot, Idea, SharingSession, Talk, TalkState


def visible_talks(viewer: Viewer) -> QuerySet[Talk]:
    """Talks of the units in which she takes part, last saved first, with unit, author and topic; of drafts her own."""
    own = Q(author__user=viewer.user) if viewer.user is not None else Q(pk__in=())
    shown = own | ~Q(state=TalkState.DRAFT)
    return (
        Talk.objects.filter(viewer.below(Permission.TAKE_PART, "org__path"))
        .filter(shown)
        .select_related("org", "author__user", "topic")
    )


def own_talks(viewer: Viewer) -> QuerySet[Talk]:
    """Her own, last saved first."""
    if viewer.user is None:
        return Talk.objects.none()
    return visible_talks(viewer).filter(author__user=viewer.user)


def own_slot(viewer: Viewer, pk: int | None) -> AgendaSlot | None:
    """A place of hers on an agenda; None where it is another's or there is none."""
    if pk is None:
        return None
    members = [place.member_id for place in viewer.places]
    return AgendaSlot.objects.filter(speaker__in=members, pk=pk).select_related("session__org").first()


def units_to_speak_in(viewer: Viewer) -> list[OrgUnit]:
    """The units that she belongs to and takes part in, top ones first."""
    ids = [place.org_id for place in viewer.places if Permission.TAKE_PART in place.permissions]
    return list(OrgUnit.objects.filter(pk__in=ids, closed_on=None).order_by("path"))


def ideas_of(talk: Talk) -> QuerySet[Idea]:
    """What its suggestions became."""
    return Idea.objects.filter(suggestion__talk=talk)


def is_author(viewer: Viewer, talk: Talk) -> bool:
    """Whether it is hers, by a membership that still holds."""
    return any(place.member_id == talk.author_id for place in viewer.places)


def sessions_of(talk: Talk) -> QuerySet[SharingSession]:
    """Sessions on whose agenda the talk stands or stood, the next first."""
    return SharingSession.objects.filter(slots__talk=talk).select_related("org", "host__user").order_by("starts_at")


def leads_on(viewer: Viewer, idea: Idea) -> bool:
    """Whether she leads the discussion of an idea: a leader of its unit, or the chair of a session with its talk.

    One query at most.
    """
    if viewer.may(Permission.HOST_SESSIONS, org=idea.org):
        return True
    members = [place.member_id for place in viewer.places if Permission.TAKE_PART in place.permissions]
    if not members or idea.suggestion_id is None:
        return False
    return SharingSession.objects.filter(host__in=members, slots__talk__suggestions=idea.suggestion_id).exists()
