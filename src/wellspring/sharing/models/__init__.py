"""Tables of the sharing session: sessions and their agendas, talks with evidence, ideas and what became of them."""

from .agenda import AgendaSlot, SlotState, SlotSwap
from .evidence import Evidence
from .ideas import Decision, Endorsement, Idea, IdeaFollow, IdeaStatus, Remark
from .minutes import Minutes
from .sessions import Attendance, Recurrence, SessionSeries, SessionState, SharingSession
from .study import StudyVersion
from .talks import Suggestion, Talk, TalkState

__all__ = [
    "AgendaSlot",
    "Attendance",
    "Decision",
    "Endorsement",
    "Evidence",
    "Idea",
    "IdeaFollow",
    "IdeaStatus",
    "Minutes",
    "Recurrence",
    "Remark",
    "SessionSeries",
    "SessionState",
    "SharingSession",
    "SlotState",
    "SlotSwap",
    "StudyVersion",
    "Suggestion",
    "Talk",
    "TalkState",
]
