"""Earlier ideas and plan items that are like a text, with what became of them.

The text's telling words are looked for in the titles and details of all that the viewer sees, weighed by how few of
those have them. Nothing has to be indexed: 5,000 ideas take some 50 ms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import log

from django.urls import reverse

from wellspring.engine.index.text import fold
from wellspring.engine.index.words import cut
from wellspring.people.viewer import Viewer
from wellspring.plan.models import Outcome, PlanItem
from wellspring.plan.queries.plans import visible_items
from wellspring.sharing.models import Idea
from wellspring.sharing.queries.ideas import visible_ideas

SHOWN = 5
_MOST_WORDS = 24
_TITLE = 3.0
"""A word of the asked title counts so many times one of its details."""
_IN_DETAILS = 0.7
"""A word found in the details of the other counts this much of one found in its title."""
_FLOOR = 0.3
"""Share of what the asked text says, by weight, from which another is shown."""
_LONGEST = 2_000

Row = tuple[int, str, str]
"""Id, title and details."""


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
    """What is most like this text among the ideas and plan items that she sees, best first. Five queries.

    `besides`: ids of ideas that are left out, such as those of the talk itself.
    """
    return similar_to_each(viewer, [(title, details)], besides=besides, limit=limit)[0]


def similar_to_each(
    viewer: Viewer, texts: Sequence[tuple[str, str]], *, besides: Collection[int] = (), limit: int = SHOWN
) -> list[list[SimilarIdea]]:
    """The same for several texts (title, details) at once, by as many queries."""
    asked = [_telling(title, details) for title, details in texts]
    if not any(asked):
        return [[] for _ in texts]
    ideas = visible_ideas(viewer).exclude(pk__in=besides).order_by().values_list("pk", "title", "details")
    items = visible_items(viewer).order_by().values_list("pk", "goal", "details")
    rows = [("idea", *row) for row in ideas] + [("item", *row) for row in items]
    folded = [(fold(title), fold(details[:_LONGEST])) for _kind, _pk, title, details in rows]
    best = [_best(words, folded, limit) for words in asked]
    keys = {rows[at][:2] for found in best for at, _likeness in found}
    shown = _with_fate(viewer, keys)
    return [
        _once(SimilarIdea(*shown[rows[at][:2]], likeness) for at, likeness in found if rows[at][:2] in shown)
        for found in best
    ]


def _telling(title: str, details: str) -> dict[str, float]:
    """The words that say what the text is about, with how often they count."""
    words: dict[str, float] = {}
    for word in dict.fromkeys(cut(fold(title))):
        words[word] = _TITLE
    for word in dict.fromkeys(cut(fold(details[:_LONGEST]))):
        if len(words) >= _MOST_WORDS:
            break
        words.setdefault(word, 1.0)
    return words


def _best(words: dict[str, float], texts: Sequence[tuple[str, str]], limit: int) -> list[tuple[int, float]]:
    """Places of the likest texts with their likeness."""
    scores: dict[int, float] = {}
    found: dict[int, int] = {}
    total = 0.0
    for word, times in words.items():
        hits = [
            (at, 1.0 if word in title else _IN_DETAILS)
            for at, (title, details) in enumerate(texts)
            if word in title or word in details
        ]
        weight = times * log(1 + len(texts) / (0.5 + len(hits)))
        total += weight
        for at, share in hits:
            scores[at] = scores.get(at, 0.0) + share * weight
            found[at] = found.get(at, 0) + 1
    fewest = min(2, len(words))
    likeness = ((at, score / total) for at, score in scores.items() if found[at] >= fewest)
    return sorted((each for each in likeness if each[1] >= _FLOOR), key=lambda each: (-each[1], -each[0]))[:limit]


def _with_fate(
    viewer: Viewer, keys: Collection[tuple[str, int]]
) -> dict[tuple[str, int], tuple[Idea | None, PlanItem | None, Outcome | None]]:
    ideas = visible_ideas(viewer).in_bulk([pk for kind, pk in keys if kind == "idea"])
    items = visible_items(viewer).select_related("outcome", "plan")
    own = items.in_bulk([pk for kind, pk in keys if kind == "item"])
    became = {
        item.origin_id: item for item in items.filter(origin_kind="sharing.idea", origin_id__in=ideas).order_by("pk")
    }
    begun = visible_ideas(viewer).in_bulk(
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
