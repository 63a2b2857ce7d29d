"""What became of an item: recorded once, put right where it was wrong, and told to where the item came from."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.core.models import User
from wellspring.core.notices.services import notify
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor
from wellspring.plan.errors import OutcomeProblem
from wellspring.plan.measure import told_number
from wellspring.plan.models import ItemState, Outcome, PlanItem, Verdict
from wellspring.plan.notices import OUTCOME_RECORDED
from wellspring.plan.services.changing import check_open, follow, locked_item, record, save, user_of
from wellspring.plan.services.items import MOST_VALUE

LONGEST_OUTCOME = 3000


@transaction.atomic
def record_outcome(
    *, actor: Actor, item: PlanItem, verdict: Verdict | str, value: Decimal | None = None, text: str
) -> Outcome:
    """An open item is done: what came of it, with the measure's last value. Sent twice alike, it is recorded once.

    Owner, co-owners and the item's origin are told. Raises PlanClosed, ItemEnded, OutcomeProblem.
    """
    user = user_of(actor)
    held = locked_item(item)
    actor.require(Permission.MANAGE_PLAN, org=held.plan.org)
    verdict, text = Verdict(verdict), text.strip()
    there = Outcome.objects.filter(item=held).first()
    if there is not None and (there.verdict, there.value, there.text) == (verdict, value, text):
        return there
    check_open(held)
    _check(held, value, text)
    outcome = Outcome.objects.create(item=held, verdict=verdict, value=value, text=text, recorded_by=user)
    now = timezone.now()
    held.begun_at = held.begun_at or now
    held.state, held.ended_at, held.is_at_risk = ItemState.DONE, now, False
    held.outcome = outcome
    save(held, "state", "begun_at", "ended_at", "is_at_risk")
    record("plan.outcome_recorded", actor, held, {"verdict": verdict.value, "value": told_number(value)})
    _tell(held, user)
    follow(actor, held)
    return outcome


@transaction.atomic
def correct_outcome(
    *, actor: Actor, item: PlanItem, version: int, verdict: Verdict | str, value: Decimal | None, text: str
) -> Outcome:
    """Put a recorded outcome right, also in a closed plan; those who were told are told again.

    `version`: of the outcome. Raises OutcomeProblem, ChangedMeanwhile.
    """
    user = user_of(actor)
    held = locked_item(item)
    actor.require(Permission.MANAGE_PLAN, org=held.plan.org)
    outcome = Outcome.objects.select_for_update().filter(item=held).first()
    if outcome is None:
        raise OutcomeProblem(_("There is no outcome yet. Record it first."))
    verdict, text = Verdict(verdict), text.strip()
    rows = [
        (_("Verdict"), str(outcome.get_verdict_display()), str(verdict.label)),
        (_("Value at the end"), told_number(outcome.value), told_number(value)),
        (_("What came of it"), outcome.text, text),
    ]
    differences = [Difference(*row) for row in rows if row[1] != row[2]]
    if outcome.version != version and differences:
        raise ChangedMeanwhile(version=outcome.version, differences=differences)
    if not differences:
        return outcome
    _check(held, value, text)
    before = {"verdict": outcome.verdict, "value": told_number(outcome.value)}
    outcome.verdict, outcome.value, outcome.text = verdict, value, text
    outcome.version += 1
    outcome.save()
    held.outcome = outcome
    save(held)
    data = {"verdict": verdict.value, "value": told_number(value), "before": before}
    record("plan.outcome_corrected", actor, held, data)
    _tell(held, user)
    follow(actor, held)
    return outcome


def _check(item: PlanItem, value: Decimal | None, text: str) -> None:
    if not text:
        raise OutcomeProblem(_("Write in a sentence what came of it."), field="text")
    if len(text) > LONGEST_OUTCOME:
        raise OutcomeProblem(_("At most %(longest)s characters.") % {"longest": LONGEST_OUTCOME}, field="text")
    if value is not None and (not value.is_finite() or abs(value) >= MOST_VALUE):
        raise OutcomeProblem(_("This number is too large. Choose a larger unit, such as 万元."), field="value")
    if value is not None and not item.measure:
        raise OutcomeProblem(_("Nothing is counted for this item; leave the value empty."), field="value")
    if value is None and item.target is not None:
        raise OutcomeProblem(
            _("Give the value at the end, so that it can be compared with the target (%(target)s %(unit)s).")
            % {"target": told_number(item.target), "unit": item.unit},
            field="value",
        )


def _tell(item: PlanItem, by: User) -> None:
    helpers = item.co_owners.select_related("user")
    people = [member.user for member in (item.owner, *helpers) if member.user_id != by.pk]
    url = reverse("plan:item", kwargs={"pk": item.pk})
    notify(people, OUTCOME_RECORDED, data={"goal": item.goal}, url=url, about=item)
