"""Units of organisation, as far as a viewer may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from wellspring.people.models import OrgUnit, active
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer


def visible_units(*, viewer: Viewer, permission: Permission = Permission.SEE_PEOPLE) -> QuerySet[OrgUnit]:
    """Units in which the viewer has the permission, top down."""
    return OrgUnit.objects.filter(viewer.below(permission)).order_by("path")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A line of the tree."""

    unit: OrgUnit
    depth: int
    """0 for the topmost the viewer sees."""


def units_to_choose(*, viewer: Viewer, permission: Permission) -> list[UnitRow]:
    """Open units in which she has the permission, as a tree. One query."""
    return list(_tree(visible_units(viewer=viewer, permission=permission).filter(closed_on=None)))


def unit_tree(*, viewer: Viewer, permission: Permission) -> list[UnitRow]:
    """Units in which she has the permission, closed ones too, with `member_count` (today's, its own). One query."""
    there = active(through="members__")
    units = visible_units(viewer=viewer, permission=permission).annotate(member_count=Count("members", filter=there))
    return list(_tree(units))


def _tree(units: Iterable[OrgUnit]) -> Iterable[UnitRow]:
    children: dict[int | None, list[OrgUnit]] = {}
    there = {unit.pk: unit for unit in units}
    for unit in there.values():
        children.setdefault(unit.parent_id if unit.parent_id in there else None, []).append(unit)
    waiting = [(0, unit) for unit in reversed(children.get(None, []))]
    while waiting:
        depth, unit = waiting.pop()
        yield UnitRow(unit, depth)
        waiting.extend((depth + 1, child) for child in reversed(children.get(unit.pk, [])))
