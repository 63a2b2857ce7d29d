"""What happened at a session, gathered for its minutes by a number of queries that does not grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from wellspring.plan.models import PlanItem
from wellspring.sharing.models import AgendaSlot, Decision, Idea, Remark, SharingSession, Suggestion, TalkState
from wellspring.sharing.queries.attendance import Presence, presence_at
from wellspring.sharing.queries.running import agenda_of


@dataclass(frozen=True, slots=True)
class Discussion:
    """A suggestion with what was said and decided at the session."""

    title: str
    idea: Idea | None
    """With `endorsement_count`."""
    remarks: tuple[Remark, ...]
    """Said at this session and not withdrawn, with `author.user`."""
    decision: Decision | None
    """The last one that people made on it."""
    items: tuple[PlanItem, ...]
    """What of the plan came from it, with `owner.user` and `plan`."""


@dataclass(frozen=True, slots=True)
class SpokenSlot:
    """A speaker with the suggestions of her talk."""

    slot: AgendaSlot
    suggestions: tuple[Discussion, ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """A session as its minutes tell it."""

    session: SharingSession
    presence: Presence
    spoken: tuple[SpokenSlot, ...]
    unspoken: tuple[AgendaSlot, ...]
    """Who stood on the agenda and did not speak."""

    @property
    def takeaway_count(self) -> int:
        """How many noted what they take away; the words are theirs alone."""
        return sum(bool(each.takeaway) for each in self.presence.here)


def happened_at(session: SharingSession) -> Happened:
    """Of a session that the caller may see: eight queries."""
    agenda = agenda_of(session)
    spoken = [slot for slot in agenda.slots if slot.begun_at is not None]
    talks = [slot.talk_id for slot in spoken if slot.talk and slot.talk.state != TalkState.DRAFT]
    suggestions: dict[int, list[Suggestion]] = defaultdict(list)
    for suggestion in Suggestion.objects.filter(talk__in=talks).order_by("position", "id"):
        suggestions[suggestion.talk_id].append(suggestion)
    told = _Told(session, [each.pk for rows in suggestions.values() for each in rows])
    return Happened(
        session=session,
        presence=presence_at(session),
        spoken=tuple(
            SpokenSlot(slot, tuple(told(suggestion) for suggestion in suggestions.get(slot.talk_id or 0, ())))
            for slot in spoken
        ),
        unspoken=tuple(slot for slot in agenda.slots if slot.begun_at is None),
    )


class _Told:
    """Finds what was said and decided about a suggestion: four queries for all of them."""

    def __init__(self, session: SharingSession, suggestions: Sequence[int]) -> None:
        ideas = list(Idea.objects.filter(suggestion__in=suggestions).annotate(endorsement_count=Count("endorsements")))
        keys = [idea.pk for idea in ideas]
        self.ideas = {idea.suggestion_id: idea for idea in ideas}
        self.remarks: dict[int, list[Remark]] = defaultdict(list)
        for remark in Remark.objects.filter(idea__in=keys, session=session, withdrawn_at=None).select_related(
            "author__user"
        ):
            self.remarks[remark.idea_id].append(remark)
        decided = Decision.objects.filter(idea__in=keys, decided_by__isnull=False)
        self.decisions = {decision.idea_id: decision for decision in decided}  # the last one stays
        self.items: dict[int, list[PlanItem]] = defaultdict(list)
        for item in PlanItem.objects.filter(origin_kind="sharing.idea", origin_id__in=keys).select_related(
            "owner__user", "plan"
        ):
            self.items[item.origin_id or 0].append(item)

    def __call__(self, suggestion: Suggestion) -> Discussion:
        idea = self.ideas.get(suggestion.pk)
        return Discussion(
            title=idea.title if idea else suggestion.title,
            idea=idea,
            remarks=tuple(self.remarks.get(idea.pk, ())) if idea else (),
            decision=self.decisions.get(idea.pk) if idea else None,
            items=tuple(self.items.get(idea.pk, ())) if idea else (),
        )
