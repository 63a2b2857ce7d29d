"""What the page of a session shows on its day and after it."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellspring.people.viewer import Viewer
from wellspring.sharing.models import (
    AgendaSlot,
    Attendance,
    Idea,
    IdeaStatus,
    Minutes,
    SessionState,
    SharingSession,
    Suggestion,
    TalkState,
)
from wellspring.sharing.queries.attendance import (
    Presence,
    arrivals_at,
    doors_are_open,
    own_among,
    presence_at,
)
from wellspring.sharing.queries.discussion import Discussed, Said, discussion_of, said_to
from wellspring.sharing.queries.hosting import may_lead
from wellspring.sharing.queries.running import BEGINS_EARLY, Agenda, LiveMark, agenda_of, ended_just_now
from wellspring.sharing.queries.sessions import SeenSession

NEWEST = 20
"""So many remarks of each suggestion stand on the page of a running session; the others on the talk's page."""
REMEMBERED = 40
"""Moments of running sessions that a process keeps."""
_moments: dict[LiveMark, Moment] = {}
_reading = threading.Lock()


@dataclass(frozen=True, slots=True)
class Doorway:
    """What somebody can do at the door of a session that has not begun."""

    is_here: bool
    """She has said so, or was entered."""
    doors_open: bool
    """She may say that she is there."""
    may_begin: bool
    """She leads it, and it may begin now without being asked whether she means it."""
    leads: bool


@dataclass(frozen=True, slots=True)
class DuringPage:
    """A session under way as one viewer sees it."""

    session: SharingSession
    agenda: Agenda
    here: tuple[Attendance, ...]
    mine: Attendance | None
    leads: bool
    discussion: tuple[Discussed, ...]
    """The suggestions of who speaks, once her talk is handed in, each with its newest remarks."""

    @property
    def speaking(self) -> AgendaSlot | None:
        return self.agenda.speaking

    @property
    def presence(self) -> Presence:
        """Asked for by the parts that show who is missing only: two queries."""
        return presence_at(self.session, self.here)

    @property
    def marks(self) -> dict[str, str]:
        """Of each part of the page, short: it changes when the part must be shown anew."""
        talk = self.speaking.talk_id if self.speaking else None
        return {
            "agenda": _mark(
                (slot.pk, slot.state, slot.begun_at, slot.ended_at, slot.minutes, slot.talk_id, slot.position)
                for slot in self.agenda.slots
            ),
            "here": _mark(attendance.pk for attendance in self.here),
            "talk": _mark([talk, *((one.title, one.details, one.idea and one.idea.pk) for one in self.discussion)]),
            **{f"i{one.idea.pk}": said_mark(one) for one in self.discussion if one.idea is not None},
            **{f"d{one.idea.pk}": str(one.idea.version) for one in self.discussion if one.idea is not None},
        }

    @property
    def seen(self) -> str:
        """The marks as a poll sends them back."""
        return ",".join(f"{name}:{mark}" for name, mark in self.marks.items())

    def parts_new_to(self, seen: str) -> set[str]:
        """Names of the parts that differ from what the page has, as its poll says: those of `marks`."""
        known = dict(pair.split(":", 1) for pair in seen.split(",") if ":" in pair)
        return {name for name, mark in self.marks.items() if known.get(name) != mark}


@dataclass(frozen=True, slots=True)
class AfterPage:
    """A session that was held as one viewer sees it."""

    agenda: Agenda
    presence: Presence
    mine: Attendance | None
    leads: bool
    may_resume: bool
    suggested: Mapping[int, tuple[Suggestion, ...]]
    """By talk: what was suggested, with its idea and counts `remark_count` and `endorsement_count`."""
    signed_off_at: datetime | None
    """The minutes."""

    @property
    def told(self) -> tuple[tuple[AgendaSlot, tuple[Suggestion, ...]], ...]:
        """Each slot with what came of it."""
        return tuple((slot, self.suggested.get(slot.talk_id or 0, ())) for slot in self.agenda.slots)


def doorway_of(viewer: Viewer, seen: SeenSession) -> Doorway:
    """Of a planned session that she may see: no query."""
    session = seen.session
    leads = may_lead(viewer, session)
    planned = session.state == SessionState.PLANNED
    return Doorway(
        is_here=seen.is_here,
        doors_open=doors_are_open(session),
        may_begin=leads and planned and timezone.now() >= session.starts_at - BEGINS_EARLY,
        leads=leads,
    )


class Moment(NamedTuple):
    """What a running session is at, the same for every viewer."""

    session: SharingSession
    """With unit and chair."""
    agenda: Agenda
    here: tuple[Attendance, ...]
    said: Said | None
    """To the talk of who speaks, once it is handed in."""


def moment_of(session: SharingSession) -> Moment:
    """Of a running session: five queries."""
    agenda = agenda_of(session)
    talk = agenda.speaking.talk if agenda.speaking else None
    handed_in = talk is not None and talk.state != TalkState.DRAFT
    said = said_to(talk, newest=NEWEST) if talk and handed_in else None
    return Moment(session, agenda, arrivals_at(session), said)


def remembered_moment(mark: LiveMark) -> Moment:
    """Of the session with this mark, read once for each mark in this process: a hundred phones ask in the same second.

    It is at least as new as the mark. The caller has asked whether the viewer may see the session.
    """
    moment = _moments.get(mark)
    if moment is None:
        with _reading:  # the others who ask at the same time wait for the first instead of reading it as well
            moment = _moments.get(mark)
            if moment is None:
                session = SharingSession.objects.select_related("org", "host__user").get(check_in_code=mark.code)
                moment = moment_of(session)
                if len(_moments) >= REMEMBERED:
                    _moments.clear()
                _moments[mark] = moment
    return moment


def during_page(viewer: Viewer, session: SharingSession, moment: Moment | None = None) -> DuringPage:
    """Of a running session that she may see: five queries, none where the caller has its moment; two more where the
    presence is shown."""
    leads = may_lead(viewer, session)
    _session, agenda, here, said = moment or moment_of(session)
    talk = agenda.speaking.talk if agenda.speaking else None
    return DuringPage(
        session=session,
        agenda=agenda,
        here=here,
        mine=own_among(viewer, here),
        leads=leads,
        discussion=discussion_of(viewer, talk, newest=NEWEST, leads=leads, said=said) if talk and said else (),
    )


def after_page(viewer: Viewer, session: SharingSession) -> AfterPage:
    """Of a session that was held, that she may see: six queries."""
    leads, presence, agenda = may_lead(viewer, session), presence_at(session), agenda_of(session)
    signed = Minutes.objects.filter(session=session).values_list("signed_off_at", flat=True).first()
    return AfterPage(
        agenda=agenda,
        presence=presence,
        mine=own_among(viewer, presence.here),
        leads=leads,
        may_resume=leads and signed is None and ended_just_now(session),
        suggested=_suggested(agenda),
        signed_off_at=signed,
    )


def _suggested(agenda: Agenda) -> Mapping[int, tuple[Suggestion, ...]]:
    talks = [slot.talk_id for slot in agenda.slots if slot.begun_at and slot.talk and slot.talk.state != "draft"]
    found: dict[int, tuple[Suggestion, ...]] = {}
    for one in (
        Suggestion.objects.filter(talk__in=talks)
        .select_related("idea")
        .annotate(
            remark_count=Count("idea__remarks", filter=Q(idea__remarks__withdrawn_at=None), distinct=True),
            endorsement_count=Count("idea__endorsements", distinct=True),
        )
        .order_by("position", "id")
    ):
        found[one.talk_id] = (*found.get(one.talk_id, ()), one)
    return found


def left_open(session: SharingSession) -> tuple[str, ...]:
    """What is not done yet when a session ends, each a sentence in the active language: two queries."""
    agenda = agenda_of(session)
    waiting = [slot for slot in agenda.slots if not slot.begun_at and slot.state != "absent"]
    undecided = Idea.objects.filter(
        suggestion__talk__slots__in=[slot.pk for slot in agenda.slots if slot.begun_at], status=IdeaStatus.COLLECTED
    ).count()
    said = []
    if waiting:
        names = "、".join(slot.speaker.user.get_full_name() for slot in waiting)
        said.append(_("Has not spoken yet: %(names)s. The talks keep for another session.") % {"names": names})
    if undecided:
        said.append(
            ngettext(
                "%(count)d suggestion is undecided: it can be decided later too.",
                "%(count)d suggestions are undecided: they can be decided later too.",
                undecided,
            )
            % {"count": undecided}
        )
    return tuple(said)


def _mark(values: Iterable[object]) -> str:
    return f"{zlib.crc32(repr(list(values)).encode()):x}"


def said_mark(one: Discussed) -> str:
    """Of the part with the remarks of a suggestion; another where this viewer must be shown it anew."""
    return _mark(_said(one))


def _said(one: Discussed) -> Iterator[object]:
    """What the part with the remarks of a suggestion shows."""
    assert one.idea is not None
    yield one.idea.status, one.idea.version, one.hidden, one.endorsers, one.is_endorsed
    yield from ((said.remark.pk, said.is_withdrawn) for said in one.remarks)
