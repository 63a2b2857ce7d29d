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
    Action("people.leave_added", marked("entered leave from %(first)s to %(last)s")),
    Action("people.leave_changed", marked("changed leave to %(first)s – %(last)s")),
    Action("people.leave_cancelled", marked("cancelled leave from %(first)s to %(last)s")),
    Action("people.invited", marked("invited somebody to %(unit)s")),
    Action("people.invitation_renewed", marked("made the invitation's link anew")),
    Action("people.invitation_revoked", marked("took the invitation back")),
    Action("people.joined_by_invitation", marked("joined %(unit)s by invitation")),
    Action("people.staff_imported", marked("took over a list of %(count)s people")),
    Action("people.list_exported", marked("exported a list of %(count)s people")),
    Action("people.administrator_made", marked("made administrator of %(unit)s at the machine")),
    Action("people.account_disabled", marked("disabled the account")),
    Action("people.account_enabled", marked("enabled the account again")),
    Action("people.webhook_added", marked("gave the group “%(name)s” a robot (%(host)s)")),
    Action("people.webhook_changed", marked("changed the robot of the group “%(name)s” (%(host)s)")),
    Action("people.webhook_switched_on", marked("switched the robot of the group “%(name)s” on")),
    Action("people.webhook_switched_off", marked("switched the robot of the group “%(name)s” off")),
    Action("people.webhook_gave_up", marked("switched the robot of the group “%(name)s” off, as it kept refusing")),
    Action("people.webhook_removed", marked("removed the robot of the group “%(name)s” (%(host)s)")),
    Action("people.webhook_tried", marked("sent a trial message to the group “%(name)s”")),
)
