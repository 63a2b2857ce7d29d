"""From a reader's words to a page of hits.

Every chunk of the query must be found. A chunk is found as a whole wherever its characters stand side by side, or,
ranked lower, when all of its words occur. When no document has every chunk, documents with most of the words are shown.
Newer documents win among nearly equal ones.
"""

from __future__ import annotations

import time
from math import ceil

import tantivy
from tantivy import Occur, Query

from wellspring.engine.records import SearchFilters, SearchHit, SearchPage

from . import schema
from .query import Chunk, all_pieces, parsed
from .text import pair

MOST_DEEP = 10_000
"""Hits that can be paged through; nobody reads further, and each page costs all those before it."""
_WINDOW = 100
"""Best hits among which recency may change the order."""
_RECENCY = 0.3
"""How much more a report of today weighs than a very old one."""
_HALF_LIFE = 365.0 * 86_400
_WHOLE = 2.0
_TITLE = 2.0
_LOOSE_SHARE = 0.6

_Scored = tuple[float, tantivy.DocAddress]


def search(
    searcher: tantivy.Searcher,
    query: str,
    filters: SearchFilters,
    *,
    offset: int,
    limit: int,
    newest_first: bool,
) -> SearchPage:
    """The hits from `offset` on; the total counts all."""
    offset, limit = max(offset, 0), max(min(limit, MOST_DEEP - max(offset, 0)), 0)
    chunks = parsed(query)
    if not chunks and query.strip():
        return SearchPage((), 0)
    conditions = _conditions(filters)
    asked = _asked([_chunk(chunk) for chunk in chunks], conditions)
    newest_first = newest_first or not chunks
    loose = False
    hits, total = _collected(searcher, asked, offset, limit, newest_first)
    if not total and (most := _most(chunks)) is not None:
        loose = True
        hits, total = _collected(searcher, _asked([most], conditions), offset, limit, newest_first)
    return SearchPage(tuple(_hit(searcher, *scored) for scored in hits), total, loose and total > 0)


def _collected(
    searcher: tantivy.Searcher, query: Query, offset: int, limit: int, newest_first: bool
) -> tuple[list[_Scored], int]:
    """One page of scored addresses, and how many there are in all."""
    if not limit:
        return [], _total(searcher.search(query, 1, count=True))
    if newest_first:
        result = searcher.search(query, limit, count=True, offset=offset, order_by_field="dated_at")
        return [(0.0, address) for _, address in result.hits], _total(result)
    result = searcher.search(query, max(offset + limit, _WINDOW), count=True)
    hits = [*_by_recency(searcher, result.hits[:_WINDOW]), *result.hits[_WINDOW:]]
    return hits[offset : offset + limit], _total(result)


def _by_recency(searcher: tantivy.Searcher, hits: list[_Scored]) -> list[_Scored]:
    now = time.time()
    dates = searcher.fast_field_values("dated_at", [address for _, address in hits])
    scored = [
        (score * (1 + _RECENCY * 0.5 ** (max(now - float(date or 0), 0.0) / _HALF_LIFE)), address)
        for (score, address), date in zip(hits, dates, strict=True)
    ]
    return sorted(scored, key=lambda pair_: pair_[0], reverse=True)


def _hit(searcher: tantivy.Searcher, score: float, address: tantivy.DocAddress) -> SearchHit:
    kind, _, pk = str(searcher.doc(address).get_first("key")).rpartition(":")
    return SearchHit(kind, int(pk), score)


def _total(result: tantivy.SearchResult) -> int:
    return int(result.count)  # type: ignore[attr-defined]  # Tantivy's stub leaves it out


# --- queries --------------------------------------------------------------------------------------------------------


def _asked(parts: list[Query], conditions: list[Query]) -> Query:
    if not parts and not conditions:
        return Query.all_query()
    return Query.boolean_query([(Occur.Must, part) for part in (*parts, *conditions)])


def _conditions(filters: SearchFilters) -> list[Query]:
    """The filters as parts that do not score."""
    made = [
        Query.term_query(_SCHEMA, name, value, "basic")
        for name, value in (
            ("kind", filters.kind),
            ("channel", filters.channel),
            ("topic", filters.topic),
            ("source", filters.source),
        )
        if value
    ]
    if filters.dated_from or filters.dated_to:
        made.append(
            Query.range_query(
                _SCHEMA,
                "dated_at",
                tantivy.FieldType.Integer,
                int(filters.dated_from.timestamp()) if filters.dated_from else None,
                ceil(filters.dated_to.timestamp()) - 1 if filters.dated_to else None,
            )
        )
    return [Query.const_score_query(query, 0.0) for query in made]


def _chunk(chunk: Chunk) -> Query:
    whole = _side_by_side("text", chunk.units)
    choices = [(Occur.Should, Query.boost_query(whole, _WHOLE))]
    if chunk.pieces:
        words = [(Occur.Must, _side_by_side("text", piece)) for piece in chunk.pieces]
        choices.append((Occur.Should, Query.boolean_query(words)))
    found = Query.boolean_query(choices) if len(choices) > 1 else choices[0][1]
    in_title = Query.boost_query(_side_by_side("title", chunk.units), _TITLE)
    return Query.boolean_query([(Occur.Must, found), (Occur.Should, in_title)])


def _most(chunks: tuple[Chunk, ...]) -> Query | None:
    """Documents with most of the words; None where there are too few words for that to mean anything."""
    pieces = all_pieces(chunks)
    if len(pieces) < 3:
        return None
    choices = [(Occur.Should, _side_by_side("text", piece)) for piece in pieces]
    return Query.boolean_query(choices, minimum_number_should_match=ceil(len(pieces) * _LOOSE_SHARE))


def _side_by_side(field: str, units: tuple[str, ...]) -> Query:
    """Units one after the other; a field of `title` has single units as terms too, `text` has them in `units`."""
    if len(units) == 1:
        return Query.term_query(_SCHEMA, "units" if field == "text" else field, units[0], "basic")
    terms: list[str | tuple[int, str]] = [(at, pair(*units[at : at + 2])) for at in range(len(units) - 1)]
    if len(terms) == 1:
        return Query.term_query(_SCHEMA, field, terms[0][1], "freq")
    return Query.phrase_query(_SCHEMA, field, terms)


_SCHEMA = schema.schema()
