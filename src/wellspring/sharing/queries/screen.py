"""What the meeting-room screen of a session shows: who speaks, what was just said, how to say that one is here."""

from __future__ import annotations

from dataclasses import dataclass

from wellspring.people.viewer import Viewer
from wellspring.sharing.models import AgendaSlot, Attendance, Remark, SharingSession, TalkState
from wellspring.sharing.queries.attendance import Presence, arrivals_at, presence_at
from wellspring.sharing.queries.discussion import Discussed, discussion_of
from wellspring.sharing.queries.running import Agenda, agenda_of

SHOWN = 4
"""So many of the newest remarks fit a room's screen in letters that the last row can read."""


@dataclass(frozen=True, slots=True)
class NewRemark:
    """A remark as the room reads it."""

    remark: Remark
    number: int
    """Of the suggestion it is about, 1 for the first."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A session on the wall, the same for whoever opened it."""

    session: SharingSession
    agenda: Agenda
    here: tuple[Attendance, ...]
    discussion: tuple[Discussed, ...]
    """Suggestions of who speaks, once her talk is handed in."""
    remarks: tuple[NewRemark, ...]
    """The newest, newest first."""

    @property
    def speaking(self) -> AgendaSlot | None:
        return self.agenda.speaking

    @property
    def presence(self) -> Presence:
        """Who is missing: two queries."""
        return presence_at(self.session, self.here)

    @property
    def remark_count(self) -> int:
        """To all suggestions of who speaks."""
        return sum(one.remark_count for one in self.discussion)


def screen_of(viewer: Viewer, session: SharingSession) -> Screen:
    """Of a session that the viewer may see: five queries, two more for who is missing."""
    agenda = agenda_of(session)
    talk = agenda.speaking.talk if agenda.speaking else None
    shown = discussion_of(viewer, talk, newest=SHOWN, leads=False) if talk and talk.state != TalkState.DRAFT else ()
    newest = sorted(
        (NewRemark(said.remark, one.number) for one in shown for said in one.remarks if not said.is_withdrawn),
        key=lambda new: (new.remark.said_at, new.remark.pk),
        reverse=True,
    )
    return Screen(session, agenda, arrivals_at(session), shown, tuple(newest[:SHOWN]))
