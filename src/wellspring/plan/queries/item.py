"""Everything that the page of one item shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wellspring.core.calendar import day_of, is_announced, rolled_to_workday
from wellspring.people.models import Member
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.plan.measure import Standing
from wellspring.plan.models import Outcome, PlanItem, Postponement, Progress
from wellspring.plan.queries.origins import ShownOrigin, origins_shown
from wellspring.plan.queries.rights import may_report


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An item with what belongs to it."""

    item: PlanItem
    co_owners: tuple[Member, ...]
    progress: tuple[Progress, ...]
    """Latest first, with pictures and who wrote it."""
    postponements: tuple[Postponement, ...]
    outcome: Outcome | None
    standing: Standing
    """By the outcome's value, else by the last update that has one."""
    origins: tuple[ShownOrigin, ...]
    """The item's own and those of what was merged into it."""
    became: tuple[PlanItem, ...]
    """Its parts, or the item that goes on with it."""
    merged: tuple[PlanItem, ...]
    """What was merged into it."""
    owner_has_left: bool
    due_notes: tuple[str, ...]
    """What is to be known of the due day, in the active language."""
    manages: bool
    reports: bool
    sees_audit: bool

    @property
    def parts_target(self) -> Decimal | None:
        """Sum of the parts' targets; None where one has none."""
        targets = [part.target for part in self.became]
        known = [target for target in targets if target is not None]
        return sum(known, Decimal(0)) if known and len(known) == len(targets) else None

    @property
    def is_open(self) -> bool:
        """Open, in an open plan."""
        return self.item.is_open and self.item.plan.closed_at is None


def item_page(viewer: Viewer, item: PlanItem) -> ItemPage:
    """The item as this viewer sees it; she has been asked whether she may."""
    progress = list(
        item.progress.select_related("written_by").prefetch_related("pictures").order_by("-written_at", "-pk")
    )
    outcome = Outcome.objects.select_related("recorded_by").filter(item=item).first()
    value = outcome.value if outcome else next((each.value for each in progress if each.value is not None), None)
    merged = list(item.merged.select_related("owner__user", "plan"))
    keys = dict.fromkeys((each.origin_kind, each.origin_id) for each in (item, *merged))
    shown = origins_shown(viewer, keys)
    return ItemPage(
        item=item,
        co_owners=tuple(item.co_owners.select_related("user")),
        progress=tuple(progress),
        postponements=tuple(item.postponements.select_related("postponed_by").order_by("-postponed_at", "-pk")),
        outcome=outcome,
        standing=Standing(item.baseline, item.target, value),
        origins=tuple(shown[kind, number] for kind, number in keys if number is not None and (kind, number) in shown),
        became=tuple(item.became.select_related("owner__user", "plan")),
        merged=tuple(merged),
        owner_has_left=item.is_open and has_left(item.owner),
        due_notes=tuple(due_notes(item)) if item.is_open else (),
        manages=viewer.may(Permission.MANAGE_PLAN, org=item.plan.org),
        reports=item.is_open and may_report(viewer, item),
        sees_audit=viewer.may(Permission.SEE_AUDIT, org=item.plan.org),
    )


def has_left(member: Member) -> bool:
    """Whether her membership has ended."""
    return member.left_on is not None and member.left_on <= timezone.localdate()


def due_notes(item: PlanItem) -> list[str]:
    """That the due day is one of rest, not announced yet, or after the plan's last; in the active language."""
    notes = []
    day = day_of(item.due_on)
    if not day.is_workday:
        words = {
            "name": day.told_name or day.told_kind,
            "next": _day(rolled_to_workday(item.due_on).day),
        }
        notes.append(_("No workday (%(name)s); the next one is %(next)s.") % words)
    elif not is_announced(item.due_on.year):
        notes.append(_("The State Council has not announced the holidays of this year yet."))
    if item.due_on > item.plan.ends_on:
        notes.append(_("After the end of the plan (%(day)s).") % {"day": _day(item.plan.ends_on)})
    return notes


def _day(day: date) -> str:
    return date_format(day, pgettext("date format", "j F Y"))
