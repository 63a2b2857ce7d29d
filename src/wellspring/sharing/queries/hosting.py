"""Who leads a session, who may set sessions up, and by which membership somebody takes part in a unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from wellspring.people.models import Member, OrgUnit
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor, Viewer
from wellspring.sharing.models import SessionState, SharingSession


def may_lead(viewer: Viewer, session: SharingSession) -> bool:
    """Whether she may run the session, decide on its ideas and sign its minutes: a leader of its unit, or its chair."""
    if viewer.may(Permission.HOST_SESSIONS, org=session.org):
        return True
    return is_host(viewer, session) and viewer.may(Permission.TAKE_PART, org=session.org)


def require_lead(actor: Actor, session: SharingSession) -> None:
    """Raises PermissionDenied where she may not lead the session."""
    if not may_lead(actor, session):
        raise PermissionDenied


def is_host(viewer: Viewer, session: SharingSession) -> bool:
    """Whether she is the session's chair, by a membership that still holds."""
    return session.host_id is not None and any(place.member_id == session.host_id for place in viewer.places)


def member_of(viewer: Viewer, org: OrgUnit) -> Member:
    """The membership by which she takes part in `org`: there, else in the nearest unit above.

    Raises PermissionDenied where she does not take part, as the installation does not: it is nobody.
    """
    places = [
        place
        for place in viewer.places
        if Permission.TAKE_PART in place.permissions and org.path.startswith(place.path)
    ]
    if not places:
        raise PermissionDenied
    nearest = max(places, key=lambda place: len(place.path))
    return Member.objects.select_related("user", "org").get(pk=nearest.member_id)


def may_set_up(viewer: Viewer, org: OrgUnit | None = None) -> bool:
    """Whether she may set up sessions in `org`, without it anywhere: a leader, or the month's chair there."""
    if viewer.may(Permission.HOST_SESSIONS, org=org):
        return True
    chaired = units_chaired(viewer)
    return bool(chaired) if org is None else org.pk in chaired


def require_set_up(actor: Actor, org: OrgUnit) -> None:
    """Raises PermissionDenied where she may not set up sessions in `org`."""
    if not may_set_up(actor, org):
        raise PermissionDenied


def units_chaired(viewer: Viewer, today: date | None = None) -> set[int]:
    """Ids of the units of which she is this month's chair: she hosts a session there this month. One query."""
    members = [place.member_id for place in viewer.places if Permission.TAKE_PART in place.permissions]
    if not members:
        return set()
    first = (today or timezone.localdate()).replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    hosted = SharingSession.objects.filter(
        host__in=members, starts_at__date__gte=first, starts_at__date__lt=after
    ).exclude(state=SessionState.CANCELLED)
    return set(hosted.values_list("org", flat=True))


def units_to_set_up(viewer: Viewer) -> list[OrgUnit]:
    """Open units in which she may set up sessions, top down. Two queries."""
    where = viewer.below(Permission.HOST_SESSIONS) | Q(pk__in=units_chaired(viewer))
    return list(OrgUnit.objects.filter(where, closed_on=None).order_by("path"))


def own_unit(viewer: Viewer, units: Sequence[OrgUnit]) -> OrgUnit | None:
    """Of these units the one she belongs to herself, or the only one; None where that does not tell."""
    own = {place.org_id for place in viewer.places}
    return next((unit for unit in units if unit.pk in own), units[0] if len(units) == 1 else None)
