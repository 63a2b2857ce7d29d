"""What the audit trail can say about accounts."""

from __future__ import annotations

from wellspring.core.registry import Action
from wellspring.engine.errors import marked

ACTIONS = (
    Action("people.sign_in_link_made", marked("made a one-time sign-in link")),
    Action("people.password_set_by_link", marked("set a new password by a one-time link")),
)
