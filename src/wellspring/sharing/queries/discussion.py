"""What was said to suggestions: remarks and endorsements, by a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.sharing.models import (
    Decision,
    Endorsement,
    Idea,
    IdeaFollow,
    IdeaStatus,
    Remark,
    SessionState,
    SharingSession,
    StudyVersion,
    Suggestion,
    Talk,
)
from wellspring.sharing.queries.talks import leads_on


@dataclass(frozen=True, slots=True)
class SaidRemark:
    """One remark as this viewer sees it."""

    remark: Remark
    author: str
    """Her name."""
    is_mine: bool
    may_withdraw: bool

    @property
    def is_withdrawn(self) -> bool:
        return self.remark.withdrawn_at is not None


@dataclass(frozen=True, slots=True)
class Discussed:
    """A suggestion with the idea that it became and what was said to it."""

    title: str
    details: str
    suggestion: Suggestion | None
    """None for an idea without a talk."""
    idea: Idea | None
    """None while its talk is a draft: there is nothing to say to it yet."""
    number: int
    """Its place among the talk's suggestions, 1 for the first."""
    remarks: tuple[SaidRemark, ...]
    """In the order asked for; withdrawn ones keep their place."""
    hidden: int
    """Remarks beyond those asked for."""
    endorsers: tuple[str, ...]
    """Their names, the first first."""
    is_endorsed: bool
    """By this viewer."""
    is_mine: bool
    may_speak: bool
    """She may remark and endorse."""
    leads: bool
    """She may take remarks out, and decide."""

    @property
    def talk_address(self) -> str:
        """Where all its remarks stand; empty for an idea without a talk."""
        if self.idea is None or self.suggestion is None:
            return ""
        return f"{reverse('sharing:talk', kwargs={'pk': self.suggestion.talk_id})}#idea-{self.idea.pk}"

    @property
    def remark_count(self) -> int:
        """Of those that were not withdrawn."""
        return self.hidden + sum(not said.is_withdrawn for said in self.remarks)


class Said(NamedTuple):
    """What was said to a talk's suggestions, the same for every viewer."""

    rows: Sequence[tuple[Suggestion | None, Idea | None]]
    remarks: Mapping[int, list[Remark]]
    """By idea, the oldest first; with `author.user`, and how many of the idea's stand as `standing`."""
    endorsements: Mapping[int, list[Endorsement]]


def said_to(talk: Talk, *, newest: int | None = None) -> Said:
    """Of a talk: three queries. `newest`: no more than so many of each suggestion's remarks are needed."""
    suggestions = list(
        talk.suggestions.select_related("idea__org", "idea__proposer__user", "idea__topic").order_by("position", "id")
    )
    rows = [(each, getattr(each, "idea", None)) for each in suggestions]
    return _said([(suggestion, idea) for suggestion, idea in rows], newest)


def discussion_of(
    viewer: Viewer,
    talk: Talk,
    *,
    newest: int | None = None,
    leads: bool | None = None,
    said: Said | None = None,
) -> tuple[Discussed, ...]:
    """A talk's suggestions in their order with what was said to them: four queries at most.

    `newest`: only so many of each suggestion's remarks, the newest first; by default all, the oldest first. `leads`:
    whether she leads the session, `said`: what was said to it, where the caller knows. The caller has asked whether
    she may see the talk.
    """
    return _discussed(viewer, said or said_to(talk, newest=newest), newest=newest, leads=leads)


def discussion_of_idea(viewer: Viewer, idea: Idea, *, newest: int | None = None) -> Discussed:
    """What was said to one idea, with a talk or without: three queries at most. Arguments as above."""
    return _discussed(viewer, _said([(idea.suggestion, idea)], newest), newest=newest, leads=None)[0]


def _discussed(
    viewer: Viewer,
    told: Said,
    *,
    newest: int | None,
    leads: bool | None,
) -> tuple[Discussed, ...]:
    rows, remarks, endorsements = told
    ideas = [idea for _suggestion, idea in rows if idea is not None]
    mine = {place.member_id for place in viewer.places}
    takes_part = bool(ideas) and viewer.may(Permission.TAKE_PART, org=ideas[0].org)
    if leads is None:
        leads = takes_part and leads_on(viewer, ideas[0])
    found = []
    for number, (suggestion, idea) in enumerate(rows, 1):
        words = idea or suggestion
        assert words is not None
        said = remarks.get(idea.pk, []) if idea else []
        chosen = said if newest is None else said[-newest:][::-1]
        standing = getattr(said[0], "standing", 0) if said else 0
        backed = endorsements.get(idea.pk, []) if idea else []
        found.append(
            Discussed(
                title=words.title,
                details=words.details,
                suggestion=suggestion,
                idea=idea,
                number=number,
                remarks=tuple(
                    SaidRemark(
                        remark,
                        remark.author.user.get_full_name(),
                        is_mine=remark.author_id in mine,
                        may_withdraw=remark.withdrawn_at is None and (leads or remark.author_id in mine),
                    )
                    for remark in chosen
                ),
                hidden=standing - sum(remark.withdrawn_at is None for remark in chosen),
                endorsers=tuple(each.member.user.get_full_name() for each in backed),
                is_endorsed=any(each.member_id in mine for each in backed),
                is_mine=idea is not None and idea.proposer_id in mine,
                may_speak=takes_part and idea is not None,
                leads=leads,
            )
        )
    return tuple(found)


def _said(rows: Sequence[tuple[Suggestion | None, Idea | None]], newest: int | None) -> Said:
    ideas = [idea for _suggestion, idea in rows if idea is not None]
    return Said(rows, _remarks(ideas, newest), _endorsements(ideas))


def _remarks(ideas: Sequence[Idea], newest: int | None) -> Mapping[int, list[Remark]]:
    found: dict[int, list[Remark]] = {}
    if ideas:
        stands = Count("pk", filter=Q(withdrawn_at=None))
        wanted = Remark.objects.filter(idea__in=ideas).select_related("author__user")
        wanted = wanted.annotate(standing=Window(stands, partition_by="idea"))
        if newest is not None:
            latest = Window(RowNumber(), partition_by="idea", order_by=(F("said_at").desc(), F("id").desc()))
            wanted = wanted.annotate(place=latest).filter(place__lte=newest)
        for remark in wanted:
            found.setdefault(remark.idea_id, []).append(remark)
    return found


def _endorsements(ideas: Sequence[Idea]) -> Mapping[int, list[Endorsement]]:
    found: dict[int, list[Endorsement]] = {}
    if ideas:
        for each in Endorsement.objects.filter(idea__in=ideas).select_related("member__user"):
            found.setdefault(each.idea_id, []).append(each)
    return found


def discussed_ideas(ideas: Iterable[Idea]) -> set[int]:
    """Ids of those about which somebody has said or decided something: their words stay. One query."""
    ids = {idea.pk for idea in ideas}
    if not ids:
        return set()
    remarked = Exists(Remark.objects.filter(idea=OuterRef("pk"), withdrawn_at=None))
    copied = Exists(Idea.objects.filter(copied_from=OuterRef("pk")))
    touched = ~Q(status=IdeaStatus.COLLECTED) | Q(remarked) | Q(copied)
    for model in (Endorsement, Decision, IdeaFollow, StudyVersion):
        touched |= Q(Exists(model.objects.filter(idea=OuterRef("pk"))))
    return set(Idea.objects.filter(touched, pk__in=ids).order_by().values_list("pk", flat=True))


def session_under_way(idea: Idea) -> SharingSession | None:
    """The session that is running with this idea's talk on its agenda. One query."""
    if idea.suggestion_id is None:
        return None
    running = SharingSession.objects.filter(state=SessionState.RUNNING)
    return running.filter(slots__talk__suggestions=idea.suggestion_id).first()
