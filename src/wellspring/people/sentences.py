"""What the audit trail says about people and units."""

from wellspring.core.registry import Action
from wellspring.engine.errors import marked

ACTIONS = (
    Action("people.unit_added", marked("added the unit %(name)s")),
    Action("people.unit_changed", marked("changed the unit %(name)s")),
    Action("people.unit_moved", marked("moved the unit %(name)s")),
    Action("people.unit_closed", marked("closed the unit %(name)s")),
    Action("people.unit_reopened", marked("opened the unit %(name)s again")),
    Action("people.member_added", marked("took her on in %(unit)s")),
    Action("people.member_changed", marked("changed what stands about the member")),
    Action("people.member_left", marked("ended the membership on %(day)s")),
    Action("people.member_returned", marked("took the end of the membership back")),
    Action("people.role_given", marked("gave the role “%(role)s”")),
    Action("people.role_taken", marked("took the role “%(role)s” away")),
    Action("people.account_disabled", marked("disabled the account")),
    Action("people.account_enabled", marked("enabled the account again")),
)
