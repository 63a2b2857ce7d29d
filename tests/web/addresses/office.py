"""Addresses of people, units, leave and invitations at the desk, and what they are about."""

from datetime import date
from typing import Any

from tests.people.factories import make_member
from tests.web.addresses.answers import Answers, everybody, only
from wellspring.people.services.invitations import invite
from wellspring.people.services.leave import add_leave
from wellspring.people.viewer import INSTALLATION

SEEN = only("worker", "mentor", "archivist", "leader", "administrator", "stranger")
SEEN_HERE = only("worker", "mentor", "archivist", "leader", "administrator", stranger=404)
MANAGED = only("leader", "administrator", "stranger")
MANAGED_HERE = only("leader", "administrator", stranger=404)
OF_THE_OFFICE = only("administrator")
NOT_YOURS = only("leader", "administrator", "stranger", status=404)  # seen by who uploaded it only
BY_FORM = Answers(everybody(405).statuses, is_page=False)

TABLE = {
    "people:members": SEEN,
    "people:member": SEEN_HERE,
    "people:member_add": MANAGED,
    "people:members_export": BY_FORM,
    "people:import": MANAGED,
    "people:import_template": Answers(MANAGED.statuses, is_page=False),
    "people:import_look": NOT_YOURS,
    "people:import_links": BY_FORM,
    "people:member_change": MANAGED_HERE,
    "people:member_roles": MANAGED_HERE,
    "people:member_take_on": MANAGED_HERE,
    "people:member_end": MANAGED_HERE,
    "people:member_end_undo": BY_FORM,
    "people:member_disable": MANAGED_HERE,
    "people:member_enable": BY_FORM,
    "people:leave_add": MANAGED_HERE,
    "people:leave": SEEN,
    "people:leave_change": MANAGED_HERE,
    "people:leave_cancel": MANAGED_HERE,
    "people:units": OF_THE_OFFICE,
    "people:unit_add": OF_THE_OFFICE,
    "people:unit_change": OF_THE_OFFICE,
    "people:unit_close": OF_THE_OFFICE,
    "people:unit_reopen": BY_FORM,
    "people:invitations": MANAGED,
    "people:invitation_add": MANAGED,
    "people:invitation_renew": MANAGED_HERE,
    "people:invitation_revoke": MANAGED_HERE,
    "people:join": everybody(200),
}


def arguments() -> dict[str, dict[str, Any]]:
    """What the addresses that name a thing are filled with: all of 柳湾社区."""
    member = make_member("worker", full_name="范青")
    issued = invite(actor=INSTALLATION, org=member.org, full_name="李芳")
    leave = add_leave(actor=INSTALLATION, member=member, from_on=date(2025, 3, 3), until_on=date(2025, 3, 5))
    about = {
        "people:member": member.pk,
        "people:leave_add": member.pk,
        "people:leave_": leave.pk,
        "people:unit_": member.org_id,
        "people:invitation_": issued.invitation.pk,
    }
    filled = {}
    for name in TABLE:
        if name.startswith("people:import_"):
            filled[name] = {"pk": 1} if name != "people:import_template" else {}
        if name.endswith(("members", "members_export", "_add")) and name != "people:leave_add":
            continue
        found = [pk for start, pk in about.items() if name.startswith(start)]
        if found:
            filled[name] = {"pk": found[0]}
    filled["people:join"] = {"token": issued.path.rstrip("/").rsplit("/", 1)[1]}
    return filled
