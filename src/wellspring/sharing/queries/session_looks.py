"""What is worth a look before a session is saved: it may be meant so, or be a slip."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wellspring.core.calendar import day_of
from wellspring.people.models import Leave, Member, OrgUnit
from wellspring.sharing.errors import Look, WorthALook
from wellspring.sharing.models import SessionState, SharingSession, SlotState
from wellspring.sharing.queries.agenda import SlotRow
from wellspring.sharing.queries.sessions import SeenSession

LONGEST = timedelta(days=1)
"""No session is longer: what may overlap began at most so long before."""


def look_first(looks: list[Look], seen: Collection[str] | None) -> None:
    """Raises WorthALook with what was not seen yet. `seen`: codes; None: nobody is there to be asked."""
    if seen is not None and any(look.code not in seen for look in looks):
        raise WorthALook(looks)


def looks_at(
    org: OrgUnit,
    *,
    starts_at: datetime,
    minutes: int,
    place: str,
    host: Member | None,
    but: SharingSession | None = None,
) -> list[Look]:
    """A rest day, a place that is taken, a chair or speakers on leave. `but`: the session that is moved or changed."""
    local = timezone.localtime(starts_at)
    day = day_of(local.date())
    said = date_format(local.date(), pgettext("date format", "j F"))
    looks = []
    if not day.is_workday:
        name = day.told_name or day.told_kind
        looks.append(Look("rest_day", _("%(day)s is no workday (%(why)s).") % {"day": said, "why": name}))
    other = _in_the_way(org, starts_at, minutes, place, but)
    if other is not None:
        looks.append(
            Look(
                "place_taken",
                _("“%(title)s” is at %(time)s in the same place.")
                % {"title": other.title, "time": f"{timezone.localtime(other.starts_at):%H:%M}"},
            )
        )
    if host is not None and Leave.objects.filter(member=host, from_on__lte=day.day, until_on__gte=day.day).exists():
        name = host.user.get_full_name()
        looks.append(Look("chair_away", _("%(name)s, the chair, is on leave on that day.") % {"name": name}))
    if but is not None:
        away = Leave.objects.filter(
            from_on__lte=day.day,
            until_on__gte=day.day,
            member__slots__session=but,
            member__slots__state__in=(SlotState.PROPOSED, SlotState.AGREED),
        )
        names = sorted({leave.member.user.get_full_name() for leave in away.select_related("member__user")})
        if names:
            joined = pgettext("between names", ", ").join(names)
            looks.append(
                Look("speaker_away", _("On leave on that day, though to speak: %(names)s.") % {"names": joined})
            )
    return looks


def concerns_about(seen: SeenSession, rows: Iterable[SlotRow]) -> list[str]:
    """What whoever leads a planned session should see to: a chair or speakers who left or are on leave then.

    In the active language; no query. `rows`: those of its agenda who are to speak.
    """
    session = seen.session
    day = timezone.localtime(session.starts_at).date()
    people = {row.slot.speaker_id: (row.slot.speaker, row.is_away) for row in rows}
    if session.host is not None:
        people[session.host.pk] = (session.host, seen.chair_is_away)
    said = []
    for member, is_away in people.values():
        name = {"name": member.user.get_full_name()}
        if member.left_on is not None and member.left_on <= day:
            said.append(_("%(name)s will not belong to the unit any more on that day.") % name)
        elif is_away:
            said.append(_("%(name)s is on leave on that day.") % name)
    return said


def _in_the_way(
    org: OrgUnit, starts_at: datetime, minutes: int, place: str, but: SharingSession | None
) -> SharingSession | None:
    ends_at = starts_at + timedelta(minutes=minutes)
    near = SharingSession.objects.filter(
        org=org,
        place=place.strip(),
        starts_at__gt=starts_at - LONGEST,
        starts_at__lt=ends_at,
    ).exclude(state=SessionState.CANCELLED)
    if but is not None:
        near = near.exclude(pk=but.pk)
    return next((each for each in near if each.starts_at + timedelta(minutes=each.minutes) > starts_at), None)
