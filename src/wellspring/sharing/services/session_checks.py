"""What services about sessions check and share: the locked row, times, places, titles and chairs that can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.people.models import Member, OrgUnit
from wellspring.sharing.errors import SessionProblem
from wellspring.sharing.models import SessionState, SharingSession
from wellspring.sharing.queries.participants import participants
from wellspring.topics.models import Topic

SHORTEST, LONGEST = 10, 600
"""Minutes."""
AHEAD = timedelta(days=731)
"""A session further ahead is a slip of the pen."""
JUST_NOW = timedelta(minutes=15)
"""So long ago still counts as now: whoever sets up a session that begins at once is let."""


@dataclass(frozen=True, slots=True)
class SessionWords:
    """What a session's form holds besides day and place."""

    title: str
    minutes: int = 90
    host: Member | None = None
    topics: Sequence[Topic] = ()
    note: str = ""


def locked_session(session: SharingSession) -> SharingSession:
    """The session as it stands now, locked until commit."""
    return (
        SharingSession.objects.select_for_update(of=("self",))
        .select_related("org", "host__user", "series")
        .get(pk=session.pk)
    )


def check_unit(org: OrgUnit) -> None:
    """Raises SessionProblem for a unit that is closed."""
    if org.closed_on is not None and org.closed_on <= timezone.localdate():
        raise SessionProblem(_("This unit is closed. Choose another one."))


def check_time(starts_at: datetime) -> None:
    """Raises SessionProblem for a time that is over, or too far ahead to be meant."""
    now = timezone.now()
    if starts_at < now - JUST_NOW:
        raise SessionProblem(_("This time is over. Choose one that lies ahead."), field="day")
    if starts_at > now + AHEAD:
        raise SessionProblem(_("This day is more than two years ahead. Check the year."), field="day")


def check_words(org: OrgUnit, words: SessionWords, starts_at: datetime) -> None:
    """Raises SessionProblem for a missing title, a length that cannot be, or a chair who does not belong here then."""
    if not words.title.strip():
        raise SessionProblem(_("Give the session a title."), field="title")
    if not SHORTEST <= words.minutes <= LONGEST:
        raise SessionProblem(
            _("A session takes %(least)s to %(most)s minutes.") % {"least": SHORTEST, "most": LONGEST}, field="minutes"
        )
    on = timezone.localtime(starts_at).date()
    if words.host is not None and not participants(org, on).filter(pk=words.host.pk).exists():
        name = words.host.user.get_full_name()
        raise SessionProblem(
            _("%(name)s does not belong to the unit on that day. Choose another chair.") % {"name": name},
            field="host",
        )


def local_day(moment: datetime) -> str:
    """The day in the house's zone, in ISO form."""
    return timezone.localtime(moment).date().isoformat()


def told_time(moment: datetime) -> str:
    """Day and time in the house's zone: 2025-03-05 14:00."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def checked_place(place: str) -> str:
    """Raises SessionProblem for none."""
    if not place.strip():
        raise SessionProblem(_("Say where it is held."), field="place")
    return place.strip()


def only_planned(session: SharingSession) -> None:
    """Raises SessionProblem for what is under way, over or cancelled."""
    if session.state != SessionState.PLANNED:
        raise SessionProblem(
            _("This session is %(state)s; only what is planned can be changed. Reload its page.")
            % {"state": session.get_state_display()}
        )
