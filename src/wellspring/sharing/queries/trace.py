"""One idea's whole way on one page: evidence, talk, suggestion, remarks, decisions, study, plan, progress, outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wellspring.people.viewer import Viewer
from wellspring.plan.measure import Standing
from wellspring.plan.models import Outcome, PlanItem, Progress
from wellspring.sharing.models import Decision, Idea, Remark, SharingSession, StudyVersion, Talk
from wellspring.sharing.queries.evidence import evidence_of
from wellspring.sharing.queries.idea_pages import items_of, sessions_of
from wellspring.sharing.queries.ideas import is_own

MOST_EVIDENCE, MOST_REMARKS, MOST_DECISIONS, MOST_VERSIONS, MOST_UPDATES, MOST_OTHERS = 4, 3, 5, 3, 4, 2
"""What one sheet of A4 holds of each; the page counts the rest."""
TELLING_AT_MOST = 140
"""Characters of a remark that is quoted; a longer one is cut."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Some of many."""

    shown: Sequence[object]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.shown)


@dataclass(frozen=True, slots=True)
class ItemTrace:
    """What came of it in the plan, and how that went."""

    item: PlanItem
    updates: Cut
    """The last ones, oldest first."""
    outcome: Outcome | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Trace:
    """Every station; of another unit's open idea without the words of talk and remarks, and without names."""

    idea: Idea
    is_own: bool
    evidence: Cut
    talk: Talk | None
    session: SharingSession | None
    """At which the talk was given, or first is to be."""
    remarks: Cut
    """Quoted are the fullest ones, of different people."""
    endorsements: int
    decisions: Cut
    """The first and the last ones."""
    versions: Cut
    """The last ones, oldest first."""
    newest: StudyVersion | None
    main: ItemTrace | None
    """The item that says most of what came of it: one with an outcome, else the first."""
    others: Cut
    """Further items in a line each."""
    told: int
    """How many people are told what becomes of it: proposer, endorsers, followers."""


def trace_of(viewer: Viewer, idea: Idea) -> Trace:
    """The way of an idea that the viewer may see; a constant number of queries, however much was said and done."""
    own = is_own(viewer, idea)
    talk = idea.suggestion.talk if idea.suggestion is not None else None
    versions = list(idea.study_versions.select_related("author__user").order_by("-number")[:MOST_VERSIONS])
    main, others = _items(idea)
    endorsements, follows = idea.endorsements.count(), idea.follows.count()
    return Trace(
        idea=idea,
        is_own=own,
        evidence=_evidence(viewer, talk, own),
        talk=talk,
        session=sessions_of(idea).order_by("starts_at").first(),
        remarks=_remarks(idea, own),
        endorsements=endorsements,
        decisions=_decisions(idea),
        versions=Cut(versions[::-1], versions[0].number if versions else 0),
        newest=versions[0] if versions else None,
        main=main,
        others=others,
        told=1 + endorsements + follows,
    )


def _evidence(viewer: Viewer, talk: Talk | None, own: bool) -> Cut:
    if talk is None:
        return Cut((), 0)
    pieces = evidence_of(viewer, talk)
    pieces = pieces if own else [piece for piece in pieces if piece.kind == "report"]
    return Cut(pieces[:MOST_EVIDENCE], len(pieces))


def _remarks(idea: Idea, own: bool) -> Cut:
    rows = list(Remark.objects.filter(idea=idea, withdrawn_at=None).select_related("author__user"))
    if not own:
        return Cut((), len(rows))
    telling: dict[int, Remark] = {}
    for remark in sorted(rows, key=_fullness, reverse=True):
        telling.setdefault(remark.author_id, remark)
    chosen = {remark.pk for remark in list(telling.values())[:MOST_REMARKS]}
    return Cut([remark for remark in rows if remark.pk in chosen], len(rows))


def _fullness(remark: Remark) -> tuple[int, int]:
    return (min(len(remark.text), TELLING_AT_MOST), -remark.pk)


def _decisions(idea: Idea) -> Cut:
    rows: list[Decision] = list(idea.decisions.select_related("decided_by"))
    shown = rows if len(rows) <= MOST_DECISIONS else [rows[0], *rows[1 - MOST_DECISIONS :]]
    return Cut(shown, len(rows))


def _items(idea: Idea) -> tuple[ItemTrace | None, Cut]:
    items = sorted(items_of(idea), key=lambda item: (getattr(item, "outcome", None) is None, item.pk))
    if not items:
        return None, Cut((), 0)
    item, others = items[0], items[1:]
    rows = list(Progress.objects.filter(item=item).order_by("-written_at", "-pk")[:MOST_UPDATES])
    outcome = getattr(item, "outcome", None)
    counted = Progress.objects.filter(item=item, value__isnull=False).order_by("-written_at", "-pk")
    value = outcome.value if outcome is not None else counted.values_list("value", flat=True).first()
    main = ItemTrace(
        item=item,
        updates=Cut(rows[::-1], Progress.objects.filter(item=item).count()),
        outcome=outcome,
        standing=Standing(item.baseline, item.target, value),
    )
    return main, Cut(others[:MOST_OTHERS], len(others))
