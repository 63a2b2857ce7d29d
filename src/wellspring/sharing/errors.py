"""What can go wrong with sessions, talks and ideas, each told with what to do next.

SharingError
├── SessionProblem       a session or a series cannot be set up, changed, moved or cancelled like this
│   └── WorthALook       it can, but there is something that should be looked at first
├── AgendaProblem        a speaker, her talk or a swap that does not fit the agenda
├── DayProblem           a session that cannot be begun, led on, ended or attended like this
├── RemarkProblem        a remark that is empty, too long, or one of too many at once
├── TalkProblem          a talk that cannot be changed, handed in, taken back or deleted like this
└── IdeaProblem          an idea that cannot be decided, studied, adopted, opened or copied like this
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from wellspring.core.errors import DomainError


class SharingError(DomainError):
    """A named failure about sessions, talks and ideas."""

    code = "sharing_error"

    def __init__(self, message: str, *, code: str = "", field: str = "") -> None:
        """`field`: name of the form field it is about, where there is one."""
        super().__init__(message)
        self.code = code or self.code
        self.field = field


class SessionProblem(SharingError):
    code = "session_problem"


class Look(NamedTuple):
    """Something that may be meant so, or not."""

    code: str
    text: str
    """One sentence in the active language."""


class WorthALook(SessionProblem):
    """Nothing was saved yet. Saving again with the codes of `looks` as seen saves it so."""

    code = "worth_a_look"

    def __init__(self, looks: Sequence[Look]) -> None:
        self.looks = tuple(looks)
        super().__init__(_("Please look at this first: %(what)s") % {"what": " ".join(look.text for look in looks)})


class AgendaProblem(SharingError):
    code = "agenda_problem"


class DayProblem(SharingError):
    code = "day_problem"


class RemarkProblem(SharingError):
    code = "remark_problem"


class TalkProblem(SharingError):
    code = "talk_problem"


class IdeaProblem(SharingError):
    code = "idea_problem"
