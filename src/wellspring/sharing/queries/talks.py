"""Talks as far as a viewer may see them: a draft is its author's alone."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.sharing.models import Idea, SharingSession, Talk, TalkState


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
