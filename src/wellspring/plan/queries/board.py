"""A plan's items as its page shows them: counted, narrowed, in columns or as a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core.origins import origin_kinds
from wellspring.plan.measure import Standing
from wellspring.plan.models import BY_HAND, ItemState, Outcome, PlanItem, Progress, WorkPlan
from wellspring.plan.models.items import OPEN_STATES

COLUMNS = ("planned", "under_way", "done", "ended")
"""`ended`: dropped, carried, split, merged."""
PER_COLUMN = 20
REPLACED = (ItemState.CARRIED, ItemState.SPLIT, ItemState.MERGED)
SORTS = {
    "due": ("due_on", "pk"),
    "-due": ("-due_on", "pk"),
    "goal": ("goal", "pk"),
    "owner": ("owner__user__sort_key", "due_on", "pk"),
    "state": ("rank", "due_on", "pk"),
    "added": ("position", "pk"),
}


@dataclass(slots=True)
class Overview:
    """What there is in a plan, whatever is narrowed to: one query."""

    states: dict[str, int] = field(default_factory=dict)
    overdue: int = 0
    at_risk: int = 0
    owners: list[tuple[int, str]] = field(default_factory=list)
    """Id and name, by pinyin."""
    topics: list[tuple[int, str]] = field(default_factory=list)
    origins: list[tuple[str, str]] = field(default_factory=list)
    """Kind and its name, in the active language."""

    @property
    def total(self) -> int:
        """Without what goes on as other items."""
        return sum(count for state, count in self.states.items() if state not in REPLACED)

    @property
    def open(self) -> int:
        return sum(self.states.get(state, 0) for state in OPEN_STATES)

    @property
    def done(self) -> int:
        return self.states.get(ItemState.DONE, 0)

    @property
    def is_empty(self) -> bool:
        return not self.states

    def in_column(self, column: str) -> int:
        """How many items a column of the board has."""
        if column == "ended":
            return sum(self.states.get(state, 0) for state in (ItemState.DROPPED, *REPLACED))
        return self.states.get(column, 0)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board: its first items, and how many there are."""

    code: str
    items: tuple[PlanItem, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.items)


def overview_of(plan: WorkPlan) -> Overview:
    """Counts and what can be chosen to narrow by."""
    today = timezone.localdate()
    is_open = Q(state__in=OPEN_STATES)
    keys = ("state", "origin_kind", "owner", "owner__user__full_name", "owner__user__sort_key", "topic", "topic__name")
    groups = (
        plan.items.order_by()
        .values_list(*keys)
        .annotate(
            count=Count("pk"),
            overdue=Count("pk", filter=is_open & Q(due_on__lt=today)),
            risky=Count("pk", filter=is_open & Q(is_at_risk=True)),
        )
    )
    overview = Overview()
    owners: dict[int, tuple[str, str]] = {}
    topics: dict[int, str] = {}
    kinds: set[str] = set()
    for state, kind, owner, name, sort_key, topic, topic_name, count, overdue, risky in groups:
        overview.states[state] = overview.states.get(state, 0) + count
        overview.overdue += overdue
        overview.at_risk += risky
        owners[owner] = (sort_key, name)
        kinds.add(kind)
        if topic is not None:
            topics[topic] = topic_name
    overview.owners = [(pk, name) for pk, (_key, name) in sorted(owners.items(), key=lambda each: (each[1], each[0]))]
    overview.topics = sorted(topics.items(), key=lambda each: each[1])
    overview.origins = [(kind, origin_name(kind)) for kind in sorted(kinds, key=lambda kind: (kind != BY_HAND, kind))]
    return overview


def origin_name(kind: str) -> str:
    """What things of this kind are called, in the active language."""
    known = origin_kinds().get(kind)
    return _("by hand") if kind == BY_HAND else _(known.name) if known else kind


def found_items(
    plan: WorkPlan,
    *,
    owner: int | None = None,
    topic: int | None = None,
    state: str = "",
    origin: str = "",
    words: str = "",
    sort: str = "due",
) -> QuerySet[PlanItem]:
    """Items of a plan that the viewer has been found to see, narrowed and sorted, with owner, topic and `value_now`.

    `state`: one of `ItemState`, or `open`, `overdue`, `risk`, `ended`. `owner`: also as co-owner. `sort`: see `SORTS`.
    """
    items = plan.items.select_related("owner__user", "topic").annotate(rank=_rank(), value_now=_value_now())
    if owner is not None:
        items = items.filter(
            Q(owner=owner) | Q(pk__in=PlanItem.co_owners.through.objects.filter(member=owner).values("planitem"))
        )
    if topic is not None:
        items = items.filter(topic=topic)
    if origin:
        items = items.filter(origin_kind=origin)
    if words:
        items = items.filter(Q(goal__icontains=words) | Q(details__icontains=words) | Q(measure__icontains=words))
    if state in ItemState.values:
        items = items.filter(state=state)
    elif state == "ended":
        items = items.filter(state__in=(ItemState.DROPPED, *REPLACED))
    elif state in ("open", "overdue", "risk"):
        items = items.filter(state__in=OPEN_STATES)
        if state == "overdue":
            items = items.filter(due_on__lt=timezone.localdate())
        if state == "risk":
            items = items.filter(is_at_risk=True)
    return items.order_by(*SORTS.get(sort, SORTS["due"]))


def columns_of(items: QuerySet[PlanItem], overview: Overview, *, narrowed: bool) -> list[Column]:
    """The board: of each column the first items, overdue and at risk before the others, what was done last first.

    `items`: as `found_items` gives them; `narrowed`: whether they are not all. Two queries, three where they
    are narrowed: which stand in front is asked first, as the last values of all of them would cost more than the rest.
    """
    column = Case(When(state__in=(ItemState.DROPPED, *REPLACED), then=Value("ended")), default=F("state"))
    place = Window(
        RowNumber(),
        partition_by=[F("column")],
        order_by=[F("rank").asc(), F("ended_at").desc(), F("due_on").asc(), F("pk").asc()],
    )
    shown = items.annotate(column=column)
    counts: dict[str, int] = {}
    if narrowed:
        counts = dict(shown.order_by().values_list("column").annotate(count=Count("pk")))
    placed = shown.order_by().annotate(place=place).filter(place__lte=PER_COLUMN)
    places = {pk: (place, column) for pk, column, place in placed.values_list("pk", "column", "place")}
    found: dict[str, list[PlanItem]] = {code: [] for code in COLUMNS}
    for item in sorted(items.filter(pk__in=places), key=lambda item: places[item.pk]):
        found[places[item.pk][1]].append(item)
    return [
        Column(code, tuple(found[code]), counts.get(code, 0) if narrowed else overview.in_column(code))
        for code in COLUMNS
    ]


def with_standing(items: Iterable[PlanItem]) -> list[PlanItem]:
    """Each with its `standing`, by its last value."""
    rows = list(items)
    for row in rows:
        row.standing = Standing(row.baseline, row.target, row.value_now)  # type: ignore[attr-defined]  # for the page
    return rows


def _rank() -> Case:
    """Overdue, at risk, the other open ones, done, ended."""
    is_open = Q(state__in=OPEN_STATES)
    return Case(
        When(is_open & Q(due_on__lt=timezone.localdate()), then=Value(0)),
        When(is_open & Q(is_at_risk=True), then=Value(1)),
        When(is_open, then=Value(2)),
        When(state=ItemState.DONE, then=Value(3)),
        default=Value(4),
    )


def _value_now() -> Coalesce:
    """The outcome's value, else that of the last update that has one."""
    last = Progress.objects.filter(item=OuterRef("pk"), value__isnull=False).order_by("-written_at", "-pk")
    return Coalesce(
        Subquery(Outcome.objects.filter(item=OuterRef("pk")).values("value")[:1]), Subquery(last.values("value")[:1])
    )
