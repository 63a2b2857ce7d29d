"""What the page of a session shows on its day and after it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellspring.people.viewer import Viewer
from wellspring.sharing.models import AgendaSlot, Attendance, Idea, IdeaStatus, SessionState, SharingSession, TalkState
from wellspring.sharing.queries.attendance import (
    Presence,
    arrivals_at,
    attendance_of,
    doors_are_open,
    own_among,
    presence_at,
)
from wellspring.sharing.queries.discussion import Discussed, discussion_of
from wellspring.sharing.queries.hosting import may_lead
from wellspring.sharing.queries.running import BEGINS_EARLY, Agenda, agenda_of, may_be_resumed

NEWEST = 20
"""So many remarks of each suggestion stand on the page of a running session; the others on the talk's page."""


@dataclass(frozen=True, slots=True)
class Doorway:
    """What somebody can do at the door of a session that has not begun."""

    mine: Attendance | None
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
            **{f"i{one.idea.pk}": _mark(_said(one)) for one in self.discussion if one.idea is not None},
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


def doorway_of(viewer: Viewer, session: SharingSession) -> Doorway:
    """Of a planned session that she may see: one query."""
    leads = may_lead(viewer, session)
    planned = session.state == SessionState.PLANNED
    return Doorway(
        mine=attendance_of(viewer, session),
        doors_open=doors_are_open(session),
        may_begin=leads and planned and timezone.now() >= session.starts_at - BEGINS_EARLY,
        leads=leads,
    )


def during_page(viewer: Viewer, session: SharingSession) -> DuringPage:
    """Of a running session that she may see: five queries; two more where the presence is shown."""
    leads = may_lead(viewer, session)
    agenda, here = agenda_of(session), arrivals_at(session)
    talk = agenda.speaking.talk if agenda.speaking else None
    handed_in = talk is not None and talk.state != TalkState.DRAFT
    return DuringPage(
        session=session,
        agenda=agenda,
        here=here,
        mine=own_among(viewer, here),
        leads=leads,
        discussion=discussion_of(viewer, talk, newest=NEWEST, leads=leads) if talk and handed_in else (),
    )


def after_page(viewer: Viewer, session: SharingSession) -> AfterPage:
    """Of a session that was held, that she may see: five queries."""
    leads, presence = may_lead(viewer, session), presence_at(session)
    return AfterPage(
        agenda=agenda_of(session),
        presence=presence,
        mine=own_among(viewer, presence.here),
        leads=leads,
        may_resume=leads and may_be_resumed(session),
    )


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


def planned_end(session: SharingSession) -> str:
    """When it should be over, as `15:30`, counted from when it began."""
    begun = session.begun_at or session.starts_at
    return f"{timezone.localtime(begun + timedelta(minutes=session.minutes)):%H:%M}"


def _mark(values: Iterable[object]) -> str:
    return f"{zlib.crc32(repr(list(values)).encode()):x}"


def _said(one: Discussed) -> Iterator[object]:
    """What the part with the remarks of a suggestion shows."""
    assert one.idea is not None
    yield one.idea.status, one.idea.version, one.hidden, one.endorsers, one.is_endorsed
    yield from ((said.remark.pk, said.is_withdrawn) for said in one.remarks)
