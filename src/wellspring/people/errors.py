"""What can go wrong with people and units, each told with what to do next.

PeopleError
├── UnitProblem          a unit cannot be made, moved or closed like this
├── MembershipProblem    a membership cannot be made or changed like this
├── RoleProblem          a role cannot be given or taken here
├── LastAdministrator    nobody would be left who may manage the office
├── LeaveProblem         days off that overlap or lie outside the membership
├── InvitationProblem    an invitation that is used, expired, revoked or unknown
└── ImportProblem        a spreadsheet that cannot be read or taken over
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from wellspring.core.errors import DomainError


class PeopleError(DomainError):
    """A named failure about people."""

    def __init__(self, message: str, *, code: str = "", field: str = "") -> None:
        """`field`: name of the form field it is about, where there is one."""
        super().__init__(message)
        self.code = code or self.code
        self.field = field


class UnitProblem(PeopleError):
    code = "unit_problem"


class MembershipProblem(PeopleError):
    code = "membership_problem"


class RoleProblem(PeopleError):
    code = "role_problem"


class LastAdministrator(PeopleError):
    code = "last_administrator"

    def __init__(self) -> None:
        super().__init__(
            _(
                "This is the last administrator. Make another member administrator first; otherwise nobody could "
                "manage the office any more."
            )
        )


class LeaveProblem(PeopleError):
    code = "leave_problem"


class InvitationProblem(PeopleError):
    code = "invitation_problem"


class ImportProblem(PeopleError):
    code = "import_problem"
