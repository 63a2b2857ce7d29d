"""Reports that are like a given one: copies told from the same event, and that from merely related.

Candidates share its most telling terms; each is then compared by text (sketch), title, time and outlet. Of several
copies of one text one stands for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log

import tantivy
from tantivy import Occur, Query

from wellspring.engine.records import Likeness, RelatedHit

from . import schema
from .schema import Traits
from .sketch import Sketch, overlap

MOST_COPIES = 30
"""Copies of the asked report that are told."""
_MOST_TERMS = 25
_POSTINGS = 100_000
"""Entries of the index that the terms may have together; the rarest come first, so the cost does not grow with the
library. At 1,000,000 documents the query itself takes about a millisecond."""
_FEWEST_TERMS = 5
_RARE = 10
"""Documents below which a term counts as no rarer: else names that only copies share push out what it is about."""
_MOST_ALONE = 10
_DEPTHS = (60, 400)
"""Candidates looked at first, and once more where copies of a few texts filled the first ones."""
_MOST_READ = 200
_MOST_SAME = 5
"""Copies told of a report that stands for them."""

_COPY = 0.7
"""Resemblance from which two texts are copies; measured near-copies with a sentence less lie above 0.85."""
_EXCERPT = 0.8
"""Containment from which one is an excerpt of the other."""
_FEW_HASHES = 8
_FLOOR = 0.08
"""Content below which nothing is shown. Among 46 unlike news pages most pairs above it were on one matter and most
below it were not; among reports of one field, as communities write them, nearly all above it were worth showing."""
_SAME_DAYS = 5.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    pk: int
    terms: float
    """Share of the asked report's telling terms, 0 to 1."""
    title: float
    resemblance: float
    containment: float
    days: float
    other_outlet: bool
    traits: Traits

    @property
    def likeness(self) -> Likeness:
        if _is_copy(self.resemblance, self.containment, self.traits.sketch, self.title):
            return Likeness.COPY
        phrases = max(self.resemblance * 2, self.containment) >= 0.15
        close = self.terms >= 0.35 or (self.terms >= 0.2 and phrases) or (self.terms >= 0.15 and self.title >= 0.4)
        return Likeness.SAME_EVENT if close and self.days <= _SAME_DAYS else Likeness.RELATED

    @property
    def content(self) -> float:
        return 0.7 * self.terms + 0.3 * self.title

    @property
    def score(self) -> float:
        text = max(self.resemblance, 0.5 * self.containment)
        nearness: float = 0.5 ** (self.days / 30)
        return 0.8 * self.content + 0.1 * text + 0.08 * nearness + 0.02 * self.other_outlet


def related(searcher: tantivy.Searcher, kind: str, pk: int, *, limit: int) -> tuple[RelatedHit, ...]:
    """Copies first, best first; then at most `limit` others. Empty when the document is not in the index."""
    own = searcher.search(Query.term_query(_SCHEMA, "key", schema.key(kind, pk), "basic"), 1, count=False).hits
    if not own:
        return ()
    address = own[0][1]
    traits = _traits(searcher, address)
    query = _telling(searcher, kind, traits)
    if query is None:
        return ()
    copies: list[_Candidate] = []
    others: list[_Candidate] = []
    for depth, done in zip(_DEPTHS, (0, *_DEPTHS), strict=False):
        hits = searcher.search(query, depth, count=False).hits
        for candidate in _candidates(searcher, pk, address, traits, hits, done, len(copies) >= MOST_COPIES):
            if candidate.likeness == Likeness.COPY:
                copies.append(candidate)
            elif candidate.content >= _FLOOR:
                others.append(candidate)
        chosen = _folded(sorted(others, key=lambda one: one.score, reverse=True), limit)
        if len(chosen) >= limit or len(hits) < depth:
            break
    copies.sort(key=lambda one: one.resemblance, reverse=True)
    hits_told = [RelatedHit(one.pk, one.score, one.likeness) for one in copies[:MOST_COPIES]]
    return (*hits_told, *(RelatedHit(one.pk, one.score, one.likeness, same) for one, same in chosen))


def _telling(searcher: tantivy.Searcher, kind: str, traits: Traits) -> Query | None:
    """Documents with any of the most telling terms.

    Terms that nobody else has find nothing, but some of them belong in: a report full of them is like no other.
    """
    total = searcher.num_docs
    flat = max(_RARE, total / 20_000)
    weighed: list[tuple[float, int, str, float]] = []
    for word, count in traits.terms():
        term = schema.word_term(kind, word)
        frequency = searcher.doc_freq("words", term)
        weight = 1 + log(count)
        weighed.append((weight * log(1 + total / (frequency + flat)), frequency, term, weight))
    weighed.sort(reverse=True)
    choices: list[tuple[Occur, Query]] = []
    postings = alone = 0
    for _, frequency, term, weight in weighed:
        if postings + frequency > _POSTINGS and len(choices) >= _FEWEST_TERMS:
            continue
        if frequency <= 1:
            alone += 1
            if alone > _MOST_ALONE:
                continue
        postings += frequency
        choices.append((Occur.Should, Query.boost_query(Query.term_query(_SCHEMA, "words", term, "freq"), weight)))
        if len(choices) == _MOST_TERMS:
            break
    return Query.boolean_query(choices) if choices else None


def _candidates(
    searcher: tantivy.Searcher,
    pk: int,
    own: tantivy.DocAddress,
    traits: Traits,
    hits: list[tuple[float, tantivy.DocAddress]],
    done: int,
    enough_copies: bool,
) -> Iterator[_Candidate]:
    """The hits after the first `done`, compared with the asked report."""
    if not hits:
        return
    best = hits[0][0]
    rest = hits[done:]
    addresses = [address for _, address in rest]
    ids = searcher.fast_field_values("id", addresses)
    dates = searcher.fast_field_values("dated_at", [*addresses, own])
    own_date = float(dates[-1] or 0)
    own_title = _pairs(traits.title)
    read = 0
    for (score, address), other, date in zip(rest, ids, dates, strict=False):
        terms = score / best
        if other == pk or (enough_copies and terms > 0.9):
            continue
        if read == _MOST_READ:
            return
        read += 1
        theirs = _traits(searcher, address)
        yield _Candidate(
            int(other or 0),
            terms,
            _dice(own_title, _pairs(theirs.title)),
            *overlap(traits.sketch, theirs.sketch),
            abs(float(date or 0) - own_date) / 86_400,
            theirs.source != traits.source,
            theirs,
        )


def _folded(candidates: Iterable[_Candidate], limit: int) -> list[tuple[_Candidate, tuple[int, ...]]]:
    """The first `limit` of which none is a copy of another, each with the ids of its copies passed over until then."""
    chosen: list[tuple[_Candidate, list[int]]] = []
    for candidate in candidates:
        if len(chosen) == limit:
            break
        for other, same in chosen:
            if _are_copies(candidate.traits, other.traits):
                if len(same) < _MOST_SAME:
                    same.append(candidate.pk)
                break
        else:
            chosen.append((candidate, []))
    return [(candidate, tuple(same)) for candidate, same in chosen]


def _are_copies(one: Traits, other: Traits) -> bool:
    title = 1.0 if one.title == other.title else 0.0
    return _is_copy(*overlap(one.sketch, other.sketch), one.sketch, title)


def _is_copy(resemblance: float, containment: float, sketch: Sketch, title: float) -> bool:
    """Texts too short to compare are copies only under a like title."""
    return (resemblance >= _COPY or containment >= _EXCERPT) and (len(sketch.hashes) >= _FEW_HASHES or title >= 0.5)


def _traits(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Traits:
    return Traits.unpacked(bytes(searcher.doc(address).get_first("traits") or b""))


def _pairs(title: str) -> frozenset[str]:
    return frozenset(title[at : at + 2] for at in range(len(title) - 1))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


_SCHEMA = schema.schema()
