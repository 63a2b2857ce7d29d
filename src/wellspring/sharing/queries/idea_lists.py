"""The board of ideas by state, and the list of ideas narrowed by what one looks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.sharing.models import Idea, IdeaStatus
from wellspring.sharing.queries.ideas import counted, own_ideas

SHOWN_IN_A_COLUMN = 12
SHOWN_OF_WHAT_ENDED = 5
_ENDED = (IdeaStatus.REPORTED, IdeaStatus.KEPT, IdeaStatus.DECLINED)


@dataclass(frozen=True, slots=True)
class Column:
    """Ideas of one state on the board."""

    status: IdeaStatus
    count: int
    """Of all ideas in this state."""
    ideas: Sequence[Idea]
    """The newest, those that came back first; not more than `SHOWN_IN_A_COLUMN`, of what ended fewer."""

    @property
    def has_more(self) -> bool:
        return self.count > len(self.ideas)


def board_of(viewer: Viewer) -> list[Column]:
    """Her units' ideas, a column for every state, in the order of an idea's way. Three queries."""
    ideas = own_ideas(viewer)
    counts = dict(ideas.order_by().values_list("status").annotate(n=Count("pk")))
    place = Window(
        RowNumber(),
        partition_by=F("status"),
        order_by=[
            F("returned_at").desc(nulls_last=True),
            F("decided_at").desc(nulls_last=True),
            F("proposed_at").desc(),
        ],
    )
    # Chosen before anything is counted or joined: of 5,000 ideas the page took 164 ms without that, 50 ms with it.
    placed = Idea.objects.filter(viewer.below(Permission.TAKE_PART, "org__path")).annotate(place=place)
    chosen = list(placed.filter(place__lte=SHOWN_IN_A_COLUMN).order_by("place").values_list("pk", flat=True))
    found = {idea.pk: idea for idea in counted(ideas.filter(pk__in=chosen))}
    shown: dict[str, list[Idea]] = {}
    for pk in chosen:
        if pk in found:
            shown.setdefault(found[pk].status, []).append(found[pk])
    most = {status: SHOWN_OF_WHAT_ENDED if status in _ENDED else SHOWN_IN_A_COLUMN for status in IdeaStatus}
    return [Column(status, counts.get(status, 0), shown.get(status, [])[: most[status]]) for status in IdeaStatus]


def found_ideas(viewer: Viewer, ideas: QuerySet[Idea], wanted: Mapping[str, Any]) -> QuerySet[Idea]:
    """Of these ideas those that fit.

    `wanted`: `q` (words), `status`, `topic`, `proposer` and `unit` (ids), `since`, `until` (days of handing in, both
    included), `only` (mine, golden, back, study, open).
    """
    for word in str(wanted.get("q", "")).split()[:5]:
        ideas = ideas.filter(Q(title__icontains=word) | Q(details__icontains=word))
    if wanted.get("status"):
        ideas = ideas.filter(status=wanted["status"])
    if wanted.get("topic"):
        ideas = ideas.filter(Q(topic=wanted["topic"]) | Q(topic__merged_into=wanted["topic"]))
    if wanted.get("proposer"):
        ideas = ideas.filter(proposer=wanted["proposer"])
    if wanted.get("unit"):
        ideas = ideas.filter(org=wanted["unit"])
    if wanted.get("since"):
        ideas = ideas.filter(proposed_at__gte=_at(wanted["since"], time.min))
    if wanted.get("until"):
        ideas = ideas.filter(proposed_at__lte=_at(wanted["until"], time.max))
    mine = [place.member_id for place in viewer.places]
    only = {
        "mine": Q(proposer__in=mine),
        "golden": Q(is_golden=True),
        "back": Q(returned_at__isnull=False),
        "study": Q(status=IdeaStatus.STUDYING, pk__in=Idea.objects.filter(contributors__in=mine).values("pk")),
        "open": Q(is_open=True),
    }
    if wanted.get("only") in only:
        ideas = ideas.filter(only[wanted["only"]])
    return ideas


def asked_to_study(viewer: Viewer) -> QuerySet[Idea]:
    """Ideas in study whose details she is asked to work out, the most urgent first."""
    mine = [place.member_id for place in viewer.places]
    ideas = Idea.objects.filter(status=IdeaStatus.STUDYING, contributors__in=mine).distinct()
    return ideas.order_by(F("study_due_on").asc(nulls_last=True), "pk")


def waiting_for_decision(viewer: Viewer) -> int:
    """How many ideas nobody has decided on yet, or that came back, in the units where she leads. One query at most."""
    if not viewer.may(Permission.HOST_SESSIONS):
        return 0
    where = viewer.below(Permission.HOST_SESSIONS, "org__path")
    return Idea.objects.filter(where, status=IdeaStatus.COLLECTED).count()


def proposers_of(viewer: Viewer) -> list[tuple[int, str]]:
    """Id and name of everybody who has proposed something in her units, by pinyin. One query."""
    rows = own_ideas(viewer).order_by("proposer__user__sort_key", "proposer")
    found = rows.values_list("proposer", "proposer__user__full_name").distinct()
    return list(dict(found).items())


def _at(day: date, moment: time) -> datetime:
    day = max(day, date(1900, 1, 1))  # the first hours of the year 1 lie before all time elsewhere
    return timezone.make_aware(datetime.combine(day, moment))
