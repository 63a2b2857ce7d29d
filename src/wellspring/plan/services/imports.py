"""Taking over a plan from Excel: read, kept without changing anything, confirmed as a whole or not at all; and out."""

from __future__ import annotations

from datetime import timedelta
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.people.permissions import Permission
from wellspring.people.spreadsheets.reading import read_list
from wellspring.people.viewer import Actor
from wellspring.plan.errors import PlanListProblem
from wellspring.plan.models import PlanImport, PlanItem, WorkPlan
from wellspring.plan.queries.board import found_items
from wellspring.plan.queries.origins import origins_shown
from wellspring.plan.services.changing import open_plan_held, record
from wellspring.plan.services.checking import PlanChecker, PlanRow
from wellspring.plan.services.items import make_item
from wellspring.plan.spreadsheets.columns import LAYOUT

KEPT = timedelta(days=1)


def prepare_import(*, actor: Actor, plan: WorkPlan, file: IO[bytes], file_name: str) -> PlanImport:
    """Read and check a list; nothing changes until it is confirmed. Kept for a day.

    Raises PlanListProblem, or `people`'s ImportProblem where the file as a whole cannot be read; PlanClosed. What is
    wrong in rows stands in `problems`.
    """
    actor.require(Permission.MANAGE_PLAN, org=plan.org)
    assert actor.user is not None, "an import belongs to whoever looks it through"
    raw = read_list(file, LAYOUT)
    if not raw:
        raise PlanListProblem(_("The list has no rows yet. Fill in the template and upload it again."), code="no_rows")
    checker = PlanChecker(actor, plan)
    rows = checker.rows(raw)
    return PlanImport.objects.create(
        plan=plan,
        uploaded_by=actor.user,
        file_name=file_name[:200],
        rows=[row.as_json() for row in rows],
        problems=[note.as_json() for note in checker.problems],
        warnings=[note.as_json() for note in checker.warnings],
        expires_at=timezone.now() + KEPT,
    )


@transaction.atomic
def confirm_import(*, actor: Actor, plan_import: PlanImport) -> list[PlanItem]:
    """Every row becomes an item of the plan: all of them or none. Checked again against what is there now.

    Raises PlanListProblem where it is confirmed already, has run out, or does not fit any more; PlanClosed.
    """
    kept = PlanImport.objects.select_for_update().get(pk=plan_import.pk, uploaded_by=actor.user)
    if kept.confirmed_at:
        raise PlanListProblem(_("This list was taken over already."), code="confirmed")
    if kept.expires_at <= timezone.now():
        raise PlanListProblem(_("This list was kept for a day only. Upload it again."), code="expired")
    if kept.problems:
        raise PlanListProblem(_("There are still mistakes in the list. Correct the file and upload it again."))
    plan = open_plan_held(kept.plan_id)
    actor.require(Permission.MANAGE_PLAN, org=plan.org)
    rows = [PlanRow(**row) for row in kept.rows]
    checker = PlanChecker(actor, plan)
    checker.check(rows)
    words = [checker.words(row) for row in rows]
    missing = next((row for row, each in zip(rows, words, strict=True) if each is None), None)
    if missing is not None or checker.problems:
        number = missing.number if missing else checker.problems[0].number
        raise PlanListProblem(
            _("Since the upload something has changed, as in row %(row)s. Upload the list again.") % {"row": number},
            code="outdated",
        )
    items = [make_item(actor, plan, each) for each in words if each is not None]
    for item in items:
        record("plan.item_added", actor, item, {"due": item.due_on.isoformat(), "import": kept.pk})
    audit.record("plan.imported", actor=actor.user, on=plan, data={"count": len(items), "import": kept.pk})
    kept.confirmed_at, kept.item_ids, kept.rows = timezone.now(), [item.pk for item in items], []
    kept.save(update_fields=["confirmed_at", "item_ids", "rows"])
    return items


@transaction.atomic
def export_plan(*, actor: Actor, plan: WorkPlan) -> bytes:
    """The plan as .xlsx, for whoever sees it; told in the audit trail."""
    from wellspring.plan.spreadsheets.writing import plan_list  # a large library, and most pages write no spreadsheet

    actor.require(Permission.TAKE_PART, org=plan.org)
    items = list(found_items(plan, sort="added").select_related("outcome").prefetch_related("co_owners__user"))
    shown = origins_shown(actor, ((item.origin_kind, item.origin_id) for item in items))
    titles = {key: f"{origin.kind} {origin.title}" for key, origin in shown.items()}
    audit.record("plan.exported", actor=actor.user, on=plan, data={"count": len(items)})
    name = actor.user.get_full_name() if actor.user else ""
    return plan_list(plan, items, origins=titles, exporter=name)


def forget_old_imports() -> int:
    """Lists that nobody took over within a day are deleted; how many."""
    return PlanImport.objects.filter(confirmed_at=None, expires_at__lt=timezone.now()).delete()[0]
