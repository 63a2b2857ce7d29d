"""Lists that leave the house, each told in the audit trail."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from wellspring.core import audit
from wellspring.people.permissions import Permission
from wellspring.people.queries.members import found_members
from wellspring.people.viewer import Actor


@transaction.atomic
def export_people(*, actor: Actor, narrowed: dict[str, Any]) -> bytes:
    """The members of the units whose people the actor manages, as .xlsx; `narrowed` as for `found_members`."""
    from wellspring.people.spreadsheets.writing import people_list  # a large library, see reading

    actor.require(Permission.MANAGE_PEOPLE)
    members = list(found_members(viewer=actor, **narrowed).filter(actor.below(Permission.MANAGE_PEOPLE, "org__path")))
    name = actor.user.get_full_name() if actor.user else ""
    audit.record("people.list_exported", actor=actor.user, data={"count": len(members)})
    return people_list(members, exporter=name)
