"""What can go wrong with sessions, talks and ideas, each told with what to do next.

SharingError
├── DayProblem           a session that cannot be begun, led on, ended or attended like this
├── RemarkProblem        a remark that is empty, too long, or one of too many at once
├── TalkProblem          a talk that cannot be changed, handed in, taken back or deleted like this
└── IdeaProblem          an idea that cannot be decided, studied, adopted, opened or copied like this
"""

from __future__ import annotations

from wellspring.core.errors import DomainError


class SharingError(DomainError):
    """A named failure about sessions, talks and ideas."""

    code = "sharing_error"

    def __init__(self, message: str, *, code: str = "", field: str = "") -> None:
        """`field`: name of the form field it is about, where there is one."""
        super().__init__(message)
        self.code = code or self.code
        self.field = field


class DayProblem(SharingError):
    code = "day_problem"


class RemarkProblem(SharingError):
    code = "remark_problem"


class TalkProblem(SharingError):
    code = "talk_problem"


class IdeaProblem(SharingError):
    code = "idea_problem"
