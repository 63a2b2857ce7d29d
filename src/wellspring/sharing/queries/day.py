"""What the page of a session shows on its day and after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellspring.people.viewer import Viewer
from wellspring.sharing.models import AgendaSlot, Attendance, Idea, IdeaStatus, SessionState, SharingSession
from wellspring.sharing.queries.attendance import Presence, attendance_of, doors_are_open, presence_at
from wellspring.sharing.queries.hosting import may_lead
from wellspring.sharing.queries.running import BEGINS_EARLY, Agenda, agenda_of, may_be_resumed


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

    agenda: Agenda
    presence: Presence
    mine: Attendance | None
    leads: bool

    @property
    def speaking(self) -> AgendaSlot | None:
        return self.agenda.speaking


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
    """Of a running session that she may see: five queries."""
    return DuringPage(
        agenda=agenda_of(session),
        presence=presence_at(session),
        mine=attendance_of(viewer, session),
        leads=may_lead(viewer, session),
    )


def after_page(viewer: Viewer, session: SharingSession) -> AfterPage:
    """Of a session that was held, that she may see: six queries."""
    leads = may_lead(viewer, session)
    return AfterPage(
        agenda=agenda_of(session),
        presence=presence_at(session),
        mine=attendance_of(viewer, session),
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
