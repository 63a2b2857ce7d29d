"""Whom to ask to speak next, and why: who has not spoken lately comes first, for reasons that everybody may read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wellspring.people.models import Leave, Member
from wellspring.sharing.models import SessionState, SharingSession, SlotState, Talk, TalkState
from wellspring.sharing.queries.participants import possible_speakers

NEWCOMER_WEEKS = 4
"""Who joined later than so long before the session listens first, unless she wants to speak."""
YEAR = timedelta(days=365)
ACTIVE = (SlotState.PROPOSED, SlotState.AGREED)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One social worker of the unit, with what speaks for and against asking her."""

    member: Member
    session_on: date
    last_on: date | None
    """Day of the last session at which she gave a talk; None: never yet."""
    given: int
    """Talks she gave in all."""
    given_in_year: int
    """In the year before the session."""
    has_talk_ready: bool
    """A talk on a topic of the session is handed in and has not been given."""
    is_away: bool
    """On leave on the day of the session."""
    weeks_here: int
    declined: bool
    """She has already declined, or cannot come to, this session."""
    down_for: date | None
    """Day of another coming session on whose agenda she is."""
    place: int = 0
    """Her place in the order, from 1."""
    of: int = 0

    @property
    def is_newcomer(self) -> bool:
        return self.weeks_here < NEWCOMER_WEEKS

    @property
    def may_be_proposed(self) -> bool:
        """Whether nothing speaks against asking her; by hand she can be put down all the same."""
        return not (self.is_away or self.is_newcomer or self.declined or self.down_for)

    def why(self) -> dict[str, Any]:
        """What is kept with her slot: plain values, worded by `told_why`."""
        return {
            "last_on": self.last_on.isoformat() if self.last_on else None,
            "months": _months(self.last_on, self.session_on) if self.last_on else None,
            "in_year": self.given_in_year,
            "ready": self.has_talk_ready,
            "place": self.place,
            "of": self.of,
        }

    def reasons(self) -> list[str]:
        """For and against her, in plain words of the active language."""
        against = []
        if self.is_away:
            against.append(_("On leave that day: not proposed"))
        if self.is_newcomer:
            against.append(
                ngettext(
                    "Here for %(count)s week: listens first", "Here for %(count)s weeks: listens first", self.weeks_here
                )
                % {"count": self.weeks_here}
            )
        if self.down_for:
            against.append(_("Speaks on %(day)s already") % {"day": _short(self.down_for)})
        if self.declined:
            against.append(_("Has said that she cannot this time"))
        return [*against, *told_why(self.why())]


def told_why(why: Mapping[str, Any]) -> list[str]:
    """What spoke for a speaker when she was proposed, in plain words of the active language."""
    if not why:
        return []
    if why.get("waiting"):
        return [_("Her talk was prepared for an earlier session")]
    said = []
    if why.get("last_on"):
        day = date.fromisoformat(why["last_on"])
        said.append(
            _("Last talk on %(day)s, %(ago)s")
            % {"day": date_format(day, pgettext("date format", "j F Y")), "ago": _ago(int(why.get("months") or 0))}
        )
    else:
        said.append(_("Has not spoken yet"))
    if count := int(why.get("in_year") or 0):
        said.append(ngettext("%(count)s talk within a year", "%(count)s talks within a year", count) % {"count": count})
    if why.get("ready"):
        said.append(_("Has a talk ready on a topic of this session"))
    return said


def proposed_speakers(session: SharingSession) -> list[Candidate]:
    """Everybody who may be asked and is not on the agenda, in the order in which to ask. One query.

    Never spoken first, then the longest since the last talk, fewer talks within a year, a talk ready on a topic; ties
    by a hash of session and member that everybody can recompute. Whom something speaks against comes after all others.
    For those who have asked already whether the viewer leads the session.
    """
    on = timezone.localtime(session.starts_at).date()
    candidates = [
        Candidate(
            member=member,
            session_on=on,
            last_on=_day(member.last_at),
            given=member.given,
            given_in_year=member.given_in_year,
            has_talk_ready=member.has_talk_ready,
            is_away=member.is_away,
            weeks_here=(on - member.joined_on).days // 7,
            declined=member.declined > 0,
            down_for=_day(member.down_for),
        )
        for member in _with_history(possible_speakers(session.org, on), session, on)
    ]
    ordered = sorted(candidates, key=lambda candidate: _rank(candidate, session.pk))
    return [replace(each, place=place, of=len(ordered)) for place, each in enumerate(ordered, 1)]


def tie_break(session_id: int, member_id: int) -> str:
    """What decides between two of whom the same is known: SHA-256 of `session:member`, the smaller first."""
    return hashlib.sha256(f"{session_id}:{member_id}".encode()).hexdigest()


def _rank(candidate: Candidate, session_id: int) -> tuple[object, ...]:
    return (
        not candidate.may_be_proposed,
        candidate.last_on is not None,
        candidate.last_on or date.min,
        candidate.given_in_year,
        not candidate.has_talk_ready,
        tie_break(session_id, candidate.member.pk),
    )


def _with_history(members: QuerySet[Member], session: SharingSession, on: date) -> QuerySet[Member, Any]:
    """Those who are not on its agenda, with what their accounts did at this and at other sessions of the unit.

    `given`, `given_in_year`, `declined`: counts; `last_at`, `down_for`: moments or None; `is_away`, `has_talk_ready`.
    """
    slots = "user__memberships__slots"  # of all her memberships: talks of an earlier one count
    here = Q(**{f"{slots}__session": session})
    active = Q(**{f"{slots}__state__in": ACTIVE})
    of_unit = Q(**{f"{slots}__session__org": session.org_id})
    given = of_unit & Q(**{f"{slots}__begun_at__isnull": False, f"{slots}__session__starts_at__lt": session.starts_at})
    in_year = given & Q(**{f"{slots}__session__starts_at__gte": session.starts_at - YEAR})
    coming = of_unit & active & Q(**{f"{slots}__session__state__in": (SessionState.PLANNED, SessionState.RUNNING)})
    ready = Talk.objects.filter(
        state=TalkState.READY,
        org=session.org_id,
        topic__in=session.topics.values("pk"),
        author__user=OuterRef("user"),
    )
    away = Leave.objects.filter(member=OuterRef("pk"), from_on__lte=on, until_on__gte=on)
    return members.annotate(
        on_agenda=Count(slots, filter=here & active),
        declined=Count(slots, filter=here & ~active),
        given=Count(slots, filter=given),
        given_in_year=Count(slots, filter=in_year),
        last_at=Max(f"{slots}__session__starts_at", filter=given),
        down_for=Min(f"{slots}__session__starts_at", filter=coming & ~here),
        has_talk_ready=Exists(ready),
        is_away=Exists(away),
    ).filter(on_agenda=0)


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


def _months(earlier: date, later: date) -> int:
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(0, months - (later.day < earlier.day))


def _ago(months: int) -> str:
    if months == 0:
        return _("less than a month before")
    return ngettext("%(count)s month before", "%(count)s months before", months) % {"count": months}


def _short(day: date) -> str:
    return date_format(day, pgettext("date format", "j F"))
