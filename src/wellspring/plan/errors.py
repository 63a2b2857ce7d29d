"""What can go wrong with work plans, each told with what to do next.

PlanError
├── PlanProblem       a plan cannot be opened, closed or opened again like this
├── PlanClosed        the plan was closed, also meanwhile: nothing in it changes any more
├── ItemProblem       an item cannot be like this: its words, its owner, its days
├── ItemEnded         the item is done, dropped, carried on, split or merged already
├── OutcomeProblem    an outcome that does not fit its item
└── PlanListProblem   a spreadsheet that cannot be read or taken over
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from wellspring.core.errors import DomainError


class PlanError(DomainError):
    """A named failure about work plans."""

    def __init__(self, message: str, *, code: str = "", field: str = "") -> None:
        """`field`: name of the form field it is about, where there is one."""
        super().__init__(message)
        self.code = code or self.code
        self.field = field


class PlanProblem(PlanError):
    code = "plan_problem"


class PlanClosed(PlanError):
    code = "plan_closed"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(plan)s” is closed, perhaps only just now. Choose an open plan, or have this one opened again.")
            % {"plan": name}
        )


class ItemProblem(PlanError):
    code = "item_problem"


class ItemEnded(PlanError):
    code = "item_ended"

    def __init__(self, goal: str, state: str) -> None:
        super().__init__(
            _("“%(goal)s” is “%(state)s” already, perhaps only just now. Look at its page; nothing was changed.")
            % {"goal": goal, "state": state}
        )


class OutcomeProblem(PlanError):
    code = "outcome_problem"


class PlanListProblem(PlanError):
    code = "plan_list_problem"
