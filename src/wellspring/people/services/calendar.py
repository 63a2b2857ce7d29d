"""The office's own word about days: workday or not, what a day is called."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wellspring.core import audit
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.core.models import CalendarDay
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor

FIELDS = ("is_workday", "name", "note")


def set_day(
    *, actor: Actor, day: date, is_workday: bool, name: str = "", note: str = "", version: int = 0
) -> CalendarDay:
    """Say that `day` is a workday or none; it counts before notices and law, everywhere and at once.

    `version`: of the office's word that the editor saw, 0 for none. Raises PermissionDenied, ChangedMeanwhile.
    """
    actor.require(Permission.MANAGE_CALENDAR)
    wanted = {"is_workday": is_workday, "name": name.strip(), "note": note.strip()}
    with transaction.atomic():
        row = CalendarDay.objects.select_for_update().filter(day=day).first()
        if (row.version if row else 0) != version:
            raise ChangedMeanwhile(version=row.version if row else 0, differences=_differences(row, wanted))
        before = {name: getattr(row, name) for name in FIELDS} if row else {}
        if before == wanted:
            assert row is not None  # it has what is wanted
            return row
        row = row or CalendarDay(day=day, version=0)
        for field, value in wanted.items():
            setattr(row, field, value)
        row.version += 1
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:  # On PostgreSQL somebody else made the row in the same moment.
            row = CalendarDay.objects.get(day=day)
            raise ChangedMeanwhile(version=row.version, differences=_differences(row, wanted)) from None
        audit.record(
            "core.day_set",
            actor=actor.user,
            on=row,
            data={"day": day, "changes": audit.differences(before, wanted)},
            org_path="",
        )
    return row


def restore_day(*, actor: Actor, day: date) -> bool:
    """Take the office's word back: notice, law and weekday count again. False where there was none."""
    actor.require(Permission.MANAGE_CALENDAR)
    with transaction.atomic():
        row = CalendarDay.objects.select_for_update().filter(day=day).first()
        if row is None:
            return False
        was = {name: [getattr(row, name), None] for name in FIELDS}
        audit.record("core.day_restored", actor=actor.user, on=row, data={"day": day, "changes": was})
        row.delete()
    return True


def _differences(row: CalendarDay | None, wanted: dict[str, object]) -> list[Difference]:
    if row is None:
        return [Difference(_("This day"), _("as the calendar has it; the office's word was taken back"), _("as typed"))]
    labels = {"is_workday": _("Workday"), "name": pgettext("of a day", "Name"), "note": _("Note")}
    return [
        Difference(labels[name], _shown(getattr(row, name)), _shown(wanted[name]))
        for name in FIELDS
        if getattr(row, name) != wanted[name]
    ]


def _shown(value: object) -> str:
    return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)
