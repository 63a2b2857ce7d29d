"""Units of organisation: add, rename, move, close and open again."""

from __future__ import annotations

import uuid
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.people.errors import UnitProblem
from wellspring.people.models import Level, Member, OrgUnit
from wellspring.people.permissions import Permission
from wellspring.people.services.administrators import keeping_an_administrator
from wellspring.people.viewer import Actor


@transaction.atomic
def add_unit(*, actor: Actor, name: str, level: Level | str, parent: OrgUnit | None = None) -> OrgUnit:
    """A new unit below `parent`, or a new root. Needs MANAGE_OFFICE in the parent; a root needs the installation.

    Raises UnitProblem where the name is taken there, the level does not fit below the parent's, or the parent is
    closed.
    """
    level = Level(level)
    name = _checked_name(name)
    if parent is None:
        _require_a_root(actor)
    else:
        parent = OrgUnit.objects.select_for_update().get(pk=parent.pk)
        actor.require(Permission.MANAGE_OFFICE, org=parent)
    _check_place(level, parent)
    _check_name_is_free(name, parent)
    unit = OrgUnit.objects.create(name=name, level=level, parent=parent, path=f"/new-{uuid.uuid4()}/")
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    audit.record("people.unit_added", actor=actor.user, on=unit, data={"name": name, "level": level.value})
    return unit


@transaction.atomic
def change_unit(
    *, actor: Actor, unit: OrgUnit, name: str, level: Level | str, parent: OrgUnit | None, version: int
) -> OrgUnit:
    """Give a unit another name, level or place; everything below it moves along.

    Needs MANAGE_OFFICE here and in the new place. Raises UnitProblem (name taken, level does not fit, below itself),
    ChangedMeanwhile where `version` is not what stands in the database, LastAdministrator where a move would leave
    no root with an administrator.
    """
    everything = {each.pk: each for each in OrgUnit.objects.select_for_update().order_by("pk")}
    unit = everything[unit.pk]
    actor.require(Permission.MANAGE_OFFICE, org=unit)
    level, name = Level(level), _checked_name(name)
    _check_version(unit, name=name, level=level, parent=parent, version=version)
    new_parent = everything[parent.pk] if parent else None
    before = _told(unit)
    moves = unit.parent_id != (new_parent.pk if new_parent else None)
    if moves:
        if new_parent is not None:
            actor.require(Permission.MANAGE_OFFICE, org=new_parent)
            if new_parent.path.startswith(unit.path):
                raise UnitProblem(_("A unit cannot be moved below itself. Choose another place."), field="parent")
        else:
            _require_a_root(actor)
    _check_place(level, new_parent)
    _check_levels_below(unit, level)
    _check_name_is_free(name, new_parent, but=unit)
    with keeping_an_administrator():
        old_path = unit.path
        unit.name, unit.level, unit.parent = name, level, new_parent
        unit.version += 1
        unit.save()
        if moves:
            new_path = f"{new_parent.path if new_parent else '/'}{unit.pk}/"
            _rewrite_paths(old_path, new_path)
            unit.path = new_path
    changes = audit.differences(before, _told(unit))
    if changes or moves:
        what = "people.unit_moved" if moves else "people.unit_changed"
        audit.record(what, actor=actor.user, on=unit, data={"name": name, "changes": changes})
    return unit


@transaction.atomic
def close_unit(*, actor: Actor, unit: OrgUnit, on: date | None = None) -> OrgUnit:
    """Nobody can be taken on here any more. Raises UnitProblem while members or open units are left in it."""
    unit = OrgUnit.objects.select_for_update().get(pk=unit.pk)
    actor.require(Permission.MANAGE_OFFICE, org=unit)
    if OrgUnit.objects.filter(parent=unit, closed_on=None).exists():
        raise UnitProblem(_("There are open units below this one. Close or move them first."), code="unit_has_units")
    if Member.objects.filter(org=unit, left_on=None).exists():
        raise UnitProblem(
            _("There are still members in this unit. Move them or end their memberships first."),
            code="unit_has_members",
        )
    if unit.closed_on is None:
        unit.closed_on = on or timezone.localdate()
        unit.version += 1
        unit.save(update_fields=["closed_on", "version"])
        audit.record("people.unit_closed", actor=actor.user, on=unit, data={"name": unit.name})
    return unit


@transaction.atomic
def reopen_unit(*, actor: Actor, unit: OrgUnit) -> OrgUnit:
    """Take a closing back. Raises UnitProblem while the unit above is closed."""
    unit = OrgUnit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=unit.pk)
    actor.require(Permission.MANAGE_OFFICE, org=unit)
    if unit.parent and unit.parent.closed_on:
        raise UnitProblem(_("The unit above is closed. Open it first."))
    if unit.closed_on is not None:
        unit.closed_on = None
        unit.version += 1
        unit.save(update_fields=["closed_on", "version"])
        audit.record("people.unit_reopened", actor=actor.user, on=unit, data={"name": unit.name})
    return unit


def may_add_roots(actor: Actor) -> bool:
    """A root unit is for who manages the office of a root already: of an installation, not of a part of it."""
    return actor.is_installation or any(path.count("/") == 2 for path in actor.paths(Permission.MANAGE_OFFICE))


def _require_a_root(actor: Actor) -> None:
    if not may_add_roots(actor):
        raise PermissionDenied


def _told(unit: OrgUnit) -> dict[str, str]:
    return {"name": unit.name, "level": unit.level, "parent": unit.parent.name if unit.parent else ""}


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise UnitProblem(_("Give the unit a name."), field="name")
    if len(name) > 60:
        raise UnitProblem(_("A unit's name has at most 60 characters."), field="name")
    return name


def _check_place(level: Level, parent: OrgUnit | None) -> None:
    if parent is None:
        return
    if parent.closed_on:
        raise UnitProblem(
            _("%(name)s is closed. Open it again, or choose another place.") % {"name": parent.name}, field="parent"
        )
    if level.rank <= Level(parent.level).rank:
        raise UnitProblem(
            _("A unit of the level “%(level)s” cannot stand below %(name)s (%(above)s).")
            % {"level": level.label, "name": parent.name, "above": Level(parent.level).label},
            field="level",
        )


def _check_levels_below(unit: OrgUnit, level: Level) -> None:
    below = OrgUnit.objects.filter(parent=unit).values_list("level", flat=True)
    if any(Level(each).rank <= level.rank for each in below):
        raise UnitProblem(
            _("Units below this one are of the same or a higher level. Change or move them first."), field="level"
        )


def _check_name_is_free(name: str, parent: OrgUnit | None, but: OrgUnit | None = None) -> None:
    named_so = OrgUnit.objects.filter(name=name, parent=parent)
    if (named_so.exclude(pk=but.pk) if but else named_so).exists():
        raise UnitProblem(
            _("There is already a unit called %(name)s in this place. Choose another name.") % {"name": name},
            field="name",
        )


def _check_version(unit: OrgUnit, *, name: str, level: Level, parent: OrgUnit | None, version: int) -> None:
    if unit.version == version:
        return
    rows = [
        (_("Name"), unit.name, name),
        (_("Level"), str(Level(unit.level).label), str(level.label)),
        (_("Belongs to"), unit.parent.name if unit.parent else "—", parent.name if parent else "—"),
    ]
    raise ChangedMeanwhile(version=unit.version, differences=[Difference(*row) for row in rows if row[1] != row[2]])


def _rewrite_paths(old: str, new: str) -> None:
    OrgUnit.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
