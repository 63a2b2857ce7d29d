"""Items: added and changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.core.notices.services import notify
from wellspring.people.models import Member
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor
from wellspring.plan.errors import ItemProblem
from wellspring.plan.measure import told_number
from wellspring.plan.models import BY_HAND, PlanItem, WorkPlan
from wellspring.plan.notices import ITEM_ASSIGNED
from wellspring.plan.queries.owners import possible_owners
from wellspring.plan.services.changing import open_item, open_plan_held, record
from wellspring.topics.models import Topic

LONGEST_GOAL = LONGEST_MEASURE = 120
LONGEST_UNIT = 20
LONGEST_DETAILS = 5000
MOST_VALUE = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class ItemWords:
    """What the form of an item holds."""

    goal: str
    owner: Member
    due_on: date
    details: str = ""
    topic: Topic | None = None
    measure: str = ""
    unit: str = ""
    """Of the measure, such as 人."""
    baseline: Decimal | None = None
    target: Decimal | None = None
    co_owners: tuple[Member, ...] = ()


@transaction.atomic
def add_item(
    *,
    actor: Actor,
    plan: WorkPlan,
    wanted: ItemWords,
    origin_kind: str = BY_HAND,
    origin_id: int | None = None,
    allowed: bool = False,
    once: str = "",
) -> PlanItem:
    """Put something into an open plan; owner and co-owners are told.

    `allowed`: the caller has asked whether the actor may. `once`: of the form that was sent; sent again, it gives the
    item that is there already. Raises PlanClosed, ItemProblem.
    """
    held = open_plan_held(plan)
    if not allowed:
        actor.require(Permission.MANAGE_PLAN, org=held.org)
    if once and (there := PlanItem.objects.filter(once=once, plan=held).first()):
        return there
    check_words(wanted, held, actor=actor)
    item = make_item(actor, held, wanted, origin_kind=origin_kind, origin_id=origin_id, once=once)
    record("plan.item_added", actor, item, {"due": item.due_on.isoformat()})
    return item


@transaction.atomic
def change_item(*, actor: Actor, item: PlanItem, version: int, wanted: ItemWords) -> PlanItem:
    """Change an open item's words, owner, measure, or to a sooner day; a later one by `postpone_item`.

    Whoever becomes owner or co-owner is told. Raises PlanClosed, ItemEnded, ItemProblem, ChangedMeanwhile.
    """
    held = open_item(item, actor=actor)
    helpers = list(held.co_owners.select_related("user"))
    differences = _differences(held, helpers, wanted)
    if held.version != version and differences:
        raise ChangedMeanwhile(version=held.version, differences=differences)
    if not differences:
        return held
    check_words(wanted, held.plan, actor=actor, before=held, helpers=helpers)
    if wanted.due_on > held.due_on:
        raise ItemProblem(
            _("It was due on %(day)s. A later day needs a reason: leave the day here and postpone the item.")
            % {"day": held.due_on.isoformat()},
            field="due_on",
            code="later_day",
        )
    before = {held.owner_id, *(helper.pk for helper in helpers)}
    is_sooner = wanted.due_on != held.due_on
    _write(held, wanted)
    if is_sooner:
        held.reminded_on = None
    held.version += 1
    held.save()
    held.co_owners.set(wanted.co_owners)
    record("plan.item_changed", actor, held, {"fields": [each.label for each in differences]})
    _tell_the_assigned(actor, held, wanted, known=before)
    return held


def make_item(
    actor: Actor,
    plan: WorkPlan,
    wanted: ItemWords,
    *,
    origin_kind: str = BY_HAND,
    origin_id: int | None = None,
    came_from: PlanItem | None = None,
    once: str = "",
    known: frozenset[int] = frozenset(),
) -> PlanItem:
    """The row of an item whose words were checked, at the end of the plan; told to those who are not `known` as its
    owners already. For services of this app."""
    last = plan.items.aggregate(last=Max("position"))["last"]
    item = PlanItem(
        plan=plan,
        origin_kind=origin_kind,
        origin_id=origin_id,
        came_from=came_from,
        created_by=actor.user,
        position=0 if last is None else last + 1,
        once=once or None,
    )
    _write(item, wanted)
    item.save()
    item.co_owners.set(wanted.co_owners)
    _tell_the_assigned(actor, item, wanted, known=set(known))
    return item


def check_words(
    wanted: ItemWords,
    plan: WorkPlan,
    *,
    actor: Actor,
    before: PlanItem | None = None,
    helpers: list[Member] | None = None,
) -> None:
    """Raises ItemProblem. `before`, `helpers`: the item as it stands; what does not change is not asked about."""
    for field, text, longest in (
        ("goal", wanted.goal, LONGEST_GOAL),
        ("measure", wanted.measure, LONGEST_MEASURE),
        ("unit", wanted.unit, LONGEST_UNIT),
        ("details", wanted.details, LONGEST_DETAILS),
    ):
        if len(text.strip()) > longest:
            raise ItemProblem(_("At most %(longest)s characters.") % {"longest": longest}, field=field)
    if not wanted.goal.strip():
        raise ItemProblem(_("Write what is to be done."), field="goal")
    for field, number in (("baseline", wanted.baseline), ("target", wanted.target)):
        if number is not None and (not number.is_finite() or abs(number) >= MOST_VALUE):
            raise ItemProblem(_("This number is too large. Choose a larger unit, such as 万元."), field=field)
    if wanted.target is not None and not wanted.measure.strip():
        raise ItemProblem(_("Say what is counted, or leave the target empty."), field="measure")
    _check_owners(wanted, plan, before, helpers or [])
    if before is None or wanted.due_on != before.due_on:
        check_due(wanted.due_on, plan, actor=actor)


def check_due(day: date, plan: WorkPlan, *, actor: Actor) -> None:
    """Raises ItemProblem for a day on which nothing can become due any more, or that no plan reaches.

    Days of rest and those after the plan's last are possible; pages say so. What the installation itself writes down
    may be of the past.
    """
    if day < plan.starts_on:
        raise ItemProblem(
            _("The plan begins on %(day)s. Choose that day or a later one.") % {"day": plan.starts_on.isoformat()},
            field="due_on",
        )
    if day < timezone.localdate() and not actor.is_installation:
        raise ItemProblem(_("This day is over. Choose today or a later day."), field="due_on")
    if day.year > plan.ends_on.year + 1:
        raise ItemProblem(_("This day is too far off for this plan. Check the year."), field="due_on")


def _check_owners(wanted: ItemWords, plan: WorkPlan, before: PlanItem | None, helpers: list[Member]) -> None:
    fresh = {wanted.owner.pk, *(member.pk for member in wanted.co_owners)}
    if before is not None:
        fresh -= {before.owner_id, *(helper.pk for helper in helpers)}
    there = set(possible_owners(plan.org).filter(pk__in=fresh).values_list("pk", flat=True)) if fresh else set()
    for field, members in (("owner", (wanted.owner,)), ("co_owners", wanted.co_owners)):
        for member in members:
            if member.pk in fresh and member.pk not in there:
                raise ItemProblem(
                    _("%(name)s does not belong to %(unit)s any more. Choose somebody else.")
                    % {"name": member.user.get_full_name(), "unit": plan.org.name},
                    field=field,
                    code="owner_left",
                )
    if wanted.owner.pk in {member.pk for member in wanted.co_owners}:
        raise ItemProblem(
            _("%(name)s is the owner already; leave her out here.") % {"name": wanted.owner.user.get_full_name()},
            field="co_owners",
        )


def _write(item: PlanItem, wanted: ItemWords) -> None:
    item.goal, item.details = wanted.goal.strip(), wanted.details.strip()
    item.topic, item.owner, item.due_on = wanted.topic, wanted.owner, wanted.due_on
    item.measure, item.unit = wanted.measure.strip(), wanted.unit.strip()
    item.baseline, item.target = wanted.baseline, wanted.target


def _tell_the_assigned(actor: Actor, item: PlanItem, wanted: ItemWords, *, known: set[int]) -> None:
    people = [
        member.user
        for member in (wanted.owner, *wanted.co_owners)
        if member.pk not in known and (actor.user is None or member.user_id != actor.user.pk)
    ]
    if people:
        data = {"goal": item.goal, "due": item.due_on.isoformat()}
        notify(people, ITEM_ASSIGNED, data=data, url=reverse("plan:item", kwargs={"pk": item.pk}), about=item)


def _differences(item: PlanItem, helpers: list[Member], wanted: ItemWords) -> list[Difference]:
    pairs = [
        (_("Goal"), item.goal, wanted.goal.strip()),
        (_("Details"), item.details, wanted.details.strip()),
        (_("Topic"), item.topic.name if item.topic else "", wanted.topic.name if wanted.topic else ""),
        (_("Measure"), item.measure, wanted.measure.strip()),
        (_("Unit of the measure"), item.unit, wanted.unit.strip()),
        (_("Baseline"), told_number(item.baseline), told_number(wanted.baseline)),
        (_("Target"), told_number(item.target), told_number(wanted.target)),
        (_("Owner"), item.owner.user.get_full_name(), wanted.owner.user.get_full_name()),
        (_("Co-owners"), _names(helpers), _names(wanted.co_owners)),
        (_("Due on"), item.due_on.isoformat(), wanted.due_on.isoformat()),
    ]
    changed = [Difference(*pair) for pair in pairs if pair[1] != pair[2]]
    if not changed and (
        item.owner_id != wanted.owner.pk or {each.pk for each in helpers} != {each.pk for each in wanted.co_owners}
    ):
        changed = [Difference(_("Owner"), *pairs[7][1:])]  # another person of the same name
    return changed


def _names(members: list[Member] | tuple[Member, ...]) -> str:
    return pgettext("between names", ", ").join(sorted(member.user.get_full_name() for member in members))
