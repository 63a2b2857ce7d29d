"""Earlier ideas and plan items that are like a text, with what became of them.

What the text is made of (of its title every two characters in a row, which hold names that no dictionary knows; of
its details the words) is looked for in the titles and details of all that the viewer sees, weighed by how few of those
have it. Nothing has to be indexed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

from django.db.models import QuerySet
from django.urls import reverse

from wellspring.engine.index.text import fold, units
from wellspring.engine.index.words import cut
from wellspring.people.viewer import Viewer
from wellspring.plan.models import Outcome, PlanItem
from wellspring.plan.queries.plans import visible_items
from wellspring.sharing.models import Idea
from wellspring.sharing.queries.ideas import visible_ideas

SHOWN = 5
_MOST_WORDS = 16
"""Of the details."""
_IN_DETAILS = 0.6
"""What is found in the details of the other counts this much of what is found in its title."""
_OF_TITLE = 0.7
"""How much of the likeness is that of the asked title, where there are details too."""
_FLOOR = 0.24
"""Likeness from which another is shown."""
_FEW = 50
"""Added to the number of texts, so that among a handful nothing counts as telling because it stands there once."""
_NOWHERE = 0.35
"""What stands in no other text counts less against the others: two characters in a row are often no word."""
_LONGEST = 2_000
_EMPTY = frozenset("的了在和与把被让给对从向由各每都也就一个不")
"""Characters that tell nothing beside another."""


@dataclass(frozen=True, slots=True)
class SimilarIdea:
    """An earlier idea, or a plan item that no idea began, with what became of it."""

    idea: Idea | None
    item: PlanItem | None
    """What the idea became in the plan, or the item itself."""
    outcome: Outcome | None
    likeness: float
    """0 to 1."""

    @property
    def title(self) -> str:
        return self.idea.title if self.idea is not None else self.item.goal if self.item is not None else ""

    @property
    def address(self) -> str:
        if self.idea is not None:
            return reverse("sharing:idea", kwargs={"pk": self.idea.pk})
        return reverse("plan:item", kwargs={"pk": self.item.pk}) if self.item is not None else ""


def similar_to(
    viewer: Viewer, title: str, details: str = "", *, besides: Collection[int] = (), limit: int = SHOWN
) -> list[SimilarIdea]:
    """What is most like this text among the ideas and plan items that she sees, best first. Six queries at most.

    `besides`: ids of ideas that are left out, such as those of the talk itself.
    """
    return similar_to_each(viewer, [(title, details)], besides=besides, limit=limit)[0]


def similar_to_each(
    viewer: Viewer, texts: Sequence[tuple[str, str]], *, besides: Collection[int] = (), limit: int = SHOWN
) -> list[list[SimilarIdea]]:
    """The same for several texts (title, details) at once, by as many queries."""
    asked = [_telling(title, details) for title, details in texts]
    if not any(any(each) for each in asked):
        return [[] for _ in texts]
    seen = visible_ideas(viewer)
    ideas = seen.exclude(pk__in=besides).order_by().values_list("pk", "title", "details", "topic__name")
    items = visible_items(viewer).order_by().values_list("pk", "goal", "details", "topic__name")
    rows = [("idea", *row) for row in ideas] + [("item", *row) for row in items]
    folded = [(_folded(title), _folded(f"{details[:_LONGEST]} {topic or ''}")) for _, _, title, details, topic in rows]
    best = [_best(words, folded, limit) for words in asked]
    keys = {rows[at][:2] for found in best for at, _likeness in found}
    shown = _with_fate(viewer, seen, keys)
    return [
        _once(SimilarIdea(*shown[rows[at][:2]], likeness) for at, likeness in found if rows[at][:2] in shown)
        for found in best
    ]


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    """Of what was looked through before; some ten megabytes for 10,000 ideas, and half the time."""
    return fold(text)


def _telling(title: str, details: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is looked for: of the title and of the details."""
    found = units(fold(title))
    twos = [first + second for first, second in pairwise(found) if not {first, second} & _EMPTY]
    words = [word for word in dict.fromkeys(cut(fold(details[:_LONGEST]))) if word not in twos]
    return tuple(dict.fromkeys(twos or found)), tuple(words[:_MOST_WORDS])


def _best(
    asked: tuple[tuple[str, ...], tuple[str, ...]], texts: Sequence[tuple[str, str]], limit: int
) -> list[tuple[int, float]]:
    """Places of the likest texts with their likeness."""
    of_title, of_details = (_shares(terms, texts) for terms in asked)
    of_title_counts = _OF_TITLE if asked[0] and asked[1] else 1.0 if asked[0] else 0.0
    likeness = {
        at: of_title_counts * of_title.get(at, 0.0) + (1 - of_title_counts) * of_details.get(at, 0.0)
        for at in {*of_title, *of_details}
    }
    shown = ((at, share) for at, share in likeness.items() if share >= _FLOOR)
    return sorted(shown, key=lambda each: (-each[1], -each[0]))[:limit]


def _shares(terms: Sequence[str], texts: Sequence[tuple[str, str]]) -> dict[int, float]:
    """By place of a text, how much of the terms it has, by weight, 0 to 1."""
    scores: dict[int, float] = {}
    total = 0.0
    for term in terms:
        hits = [
            (at, 1.0 if term in title else _IN_DETAILS)
            for at, (title, details) in enumerate(texts)
            if term in title or term in details
        ]
        weight = log(1 + (len(texts) + _FEW) / (0.5 + len(hits))) * (1.0 if hits else _NOWHERE)
        total += weight
        for at, share in hits:
            scores[at] = scores.get(at, 0.0) + share * weight
    return {at: score / total for at, score in scores.items()}


def _with_fate(
    viewer: Viewer, seen: QuerySet[Idea], keys: Collection[tuple[str, int]]
) -> dict[tuple[str, int], tuple[Idea | None, PlanItem | None, Outcome | None]]:
    ideas = seen.in_bulk([pk for kind, pk in keys if kind == "idea"])
    items = visible_items(viewer).select_related("outcome", "plan")
    own = items.in_bulk([pk for kind, pk in keys if kind == "item"])
    became = {
        item.origin_id: item for item in items.filter(origin_kind="sharing.idea", origin_id__in=ideas).order_by("pk")
    }
    begun = seen.in_bulk(
        {item.origin_id for item in own.values() if item.origin_kind == "sharing.idea" and item.origin_id}
    )
    found: dict[tuple[str, int], tuple[Idea | None, PlanItem | None, Outcome | None]] = {}
    for pk, idea in ideas.items():
        item = became.get(pk)
        found["idea", pk] = (idea, item, _outcome(item))
    for pk, item in own.items():
        origin = begun.get(item.origin_id) if item.origin_id is not None else None
        found["item", pk] = (origin, item, _outcome(item))
    return found


def _outcome(item: PlanItem | None) -> Outcome | None:
    return getattr(item, "outcome", None) if item is not None else None


def _once(found: Iterable[SimilarIdea]) -> list[SimilarIdea]:
    """An idea and the item that it became are one thing."""
    by_key: dict[tuple[str, int], SimilarIdea] = {}
    for each in found:
        key = ("idea", each.idea.pk) if each.idea is not None else ("item", each.item.pk if each.item else 0)
        by_key.setdefault(key, each)
    return list(by_key.values())
