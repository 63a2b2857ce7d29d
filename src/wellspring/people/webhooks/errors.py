"""What can go wrong with a group's robot.

WebhookProblem          its name or address cannot be used
TriedTooOften           trial messages follow each other too quickly
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from wellspring.people.errors import PeopleError


class WebhookProblem(PeopleError):
    code = "webhook_problem"


class TriedTooOften(PeopleError):
    code = "tried_too_often"

    def __init__(self) -> None:
        super().__init__(_("A trial message was sent a moment ago. Wait a few seconds, then try again."))
