"""Whom to ask to speak next, and why: who has not spoken lately comes first, for reasons that everybody may read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wellspring.people.models import Member
from wellspring.people.queries.leave import on_leave
from wellspring.sharing.models import AgendaSlot, SessionState, SharingSession, SlotState, Talk, TalkState
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
    """Everybody who may be asked and is not on the agenda, in the order in which to ask. Six queries.

    Never spoken first, then the longest since the last talk, fewer talks within a year, a talk ready on a topic; ties
    by a hash of session and member that everybody can recompute. Whom something speaks against comes after all others.
    For those who have asked already whether the viewer leads the session.
    """
    on = timezone.localtime(session.starts_at).date()
    members = list(possible_speakers(session.org, on))
    slots = _slots(session)
    here = {slot.speaker.user_id for slot in slots if slot.session_id == session.pk and slot.state in ACTIVE}
    declined = {slot.speaker.user_id for slot in slots if slot.session_id == session.pk and slot.state not in ACTIVE}
    elsewhere = {
        slot.speaker.user_id: timezone.localtime(slot.session.starts_at).date()
        for slot in slots
        if slot.session_id != session.pk and slot.state in ACTIVE
    }
    spoken = _spoken(session, members)
    away = {leave.member_id for leave in on_leave(session.org, on)}
    ready = _ready(session, members)
    candidates = []
    for member in members:
        if member.user_id in here:
            continue
        last, given, in_year = spoken.get(member.user_id, (None, 0, 0))
        candidates.append(
            Candidate(
                member=member,
                session_on=on,
                last_on=last,
                given=given,
                given_in_year=in_year,
                has_talk_ready=member.user_id in ready,
                is_away=member.pk in away,
                weeks_here=(on - member.joined_on).days // 7,
                declined=member.user_id in declined,
                down_for=elsewhere.get(member.user_id),
            )
        )
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


def _slots(session: SharingSession) -> list[AgendaSlot]:
    """Of this session, and of the coming ones of the unit."""
    coming = Q(session__org=session.org_id, session__state__in=(SessionState.PLANNED, SessionState.RUNNING))
    return list(
        AgendaSlot.objects.filter(Q(session=session) | coming & Q(state__in=ACTIVE)).select_related(
            "speaker", "session"
        )
    )


def _spoken(session: SharingSession, members: Iterable[Member]) -> dict[int, tuple[date, int, int]]:
    """Of each account: day of the last talk, how many in all, how many within a year; in this unit."""
    year = Q(session__starts_at__gte=session.starts_at - YEAR)
    rows = (
        AgendaSlot.objects.filter(
            begun_at__isnull=False,
            session__org=session.org_id,
            session__starts_at__lt=session.starts_at,
            speaker__user__in=[member.user_id for member in members],
        )
        .exclude(session=session)
        .values("speaker__user")
        .annotate(last=Max("session__starts_at"), given=Count("pk"), in_year=Count("pk", filter=year))
    )
    return {
        row["speaker__user"]: (timezone.localtime(row["last"]).date(), row["given"], row["in_year"]) for row in rows
    }


def _ready(session: SharingSession, members: Iterable[Member]) -> set[int]:
    """Accounts with a talk on one of the session's topics that is handed in and was not given."""
    ready = Talk.objects.filter(
        state=TalkState.READY,
        org=session.org_id,
        topic__in=session.topics.values("pk"),
        author__user__in=[member.user_id for member in members],
    )
    return set(ready.values_list("author__user", flat=True))


def _months(earlier: date, later: date) -> int:
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(0, months - (later.day < earlier.day))


def _ago(months: int) -> str:
    if months == 0:
        return _("less than a month before")
    return ngettext("%(count)s month before", "%(count)s months before", months) % {"count": months}


def _short(day: date) -> str:
    return date_format(day, pgettext("date format", "j F"))
