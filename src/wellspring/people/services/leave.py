"""Leave: entered, changed, cancelled."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.people.errors import LeaveProblem
from wellspring.people.models import Leave, LeaveKind, Member
from wellspring.people.permissions import Permission
from wellspring.people.services.members import locked
from wellspring.people.viewer import Actor

LONGEST_DAYS = 366


@transaction.atomic
def add_leave(
    *, actor: Actor, member: Member, from_on: date, until_on: date, kind: LeaveKind | str = "annual", note: str = ""
) -> Leave:
    """Enter days off, both ends included. Raises LeaveProblem where they overlap or lie outside the membership."""
    member = locked(member)
    actor.require(Permission.MANAGE_PEOPLE, org=member.org)
    _check(member, from_on, until_on)
    leave = Leave.objects.create(
        member=member, kind=LeaveKind(kind), from_on=from_on, until_on=until_on, note=note.strip()
    )
    _record("people.leave_added", actor, leave)
    return leave


@transaction.atomic
def change_leave(
    *, actor: Actor, leave: Leave, version: int, from_on: date, until_on: date, kind: LeaveKind | str, note: str
) -> Leave:
    """Change days, kind or note. Raises LeaveProblem as above, ChangedMeanwhile where somebody else was faster."""
    member = locked(leave.member)
    actor.require(Permission.MANAGE_PEOPLE, org=member.org)
    leave = Leave.objects.select_for_update().get(pk=leave.pk)
    kind = LeaveKind(kind)
    if leave.version != version:
        rows = [
            (_("First day"), leave.from_on.isoformat(), from_on.isoformat()),
            (_("Last day"), leave.until_on.isoformat(), until_on.isoformat()),
            (_("Kind"), leave.get_kind_display(), str(kind.label)),
            (_("Note"), leave.note or "—", note.strip() or "—"),
        ]
        differences = [Difference(*row) for row in rows if row[1] != row[2]]
        raise ChangedMeanwhile(version=leave.version, differences=differences)
    _check(member, from_on, until_on, but=leave)
    leave.kind, leave.from_on, leave.until_on, leave.note = kind, from_on, until_on, note.strip()
    leave.version += 1
    leave.save()
    _record("people.leave_changed", actor, leave)
    return leave


@transaction.atomic
def cancel_leave(*, actor: Actor, leave: Leave) -> None:
    """Take days off out again; nothing where it is gone already."""
    member = locked(leave.member)
    actor.require(Permission.MANAGE_PEOPLE, org=member.org)
    if Leave.objects.filter(pk=leave.pk).delete()[0]:
        _record("people.leave_cancelled", actor, leave)


def _check(member: Member, from_on: date, until_on: date, but: Leave | None = None) -> None:
    if until_on < from_on:
        raise LeaveProblem(_("The last day lies before the first. Check both."), field="until_on")
    if (until_on - from_on).days >= LONGEST_DAYS:
        raise LeaveProblem(
            _("More than a year at once: enter longer absences year by year, or end the membership."), field="until_on"
        )
    if from_on < member.joined_on or (member.left_on and until_on >= member.left_on):
        raise LeaveProblem(_("These days lie outside the time in which she belongs to the unit."), field="from_on")
    others = Leave.objects.filter(member=member, from_on__lte=until_on, until_on__gte=from_on)
    other = (others.exclude(pk=but.pk) if but else others).first()
    if other is not None:
        raise LeaveProblem(
            _("She is already away from %(first)s to %(last)s. Change that leave instead.")
            % {"first": other.from_on.isoformat(), "last": other.until_on.isoformat()},
            code="leave_overlaps",
            field="from_on",
        )


def _record(action: str, actor: Actor, leave: Leave) -> None:
    # The kind may tell about somebody's health: it stays out of the trail.
    days = {"first": leave.from_on.isoformat(), "last": leave.until_on.isoformat()}
    audit.record(action, actor=actor.user, on=leave.member, data=days)
