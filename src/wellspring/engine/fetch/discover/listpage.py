"""Reports that a list page points to, found without hand-written selectors: the links that look most like a list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log2
from statistics import fmean

from wellspring.engine.errors import DiscoveryError, marked
from wellspring.engine.fetch.discover.document import Discovery, Document, chosen
from wellspring.engine.fetch.discover.links import Link, read_links, read_page
from wellspring.engine.records import FoundPage, SourceKind

LIKELY = 2.0
"""Score from which a single link counts as a report."""


def read_list_page(document: Document, *, saved: bool = False) -> Discovery:
    """The reports that a page lists. Feeds that it advertises come along.

    Links are grouped by the shape of their way through the page; a group scores by how much its links look like
    reports (address, length of text, date beside) and how many they are. The best group is taken, and others of the
    main part that look the same. Raises DiscoveryError where no group is good enough; of a `saved` source, which
    somebody has looked at before, one good link is.
    """
    page = read_page(document)
    links = read_links(page)
    reports = _reports(links, least=1 if saved else 3)
    if not reports:
        raise DiscoveryError(
            marked(
                "%(url)s is a web page without a list of reports (%(links)s links looked at). "
                "Give the address of a feed, a sitemap or a column page."
            ),
            url=document.url,
            links=len(links),
            feeds=list(page.feeds),
        )
    found = chosen(FoundPage(link.url, link.text or None) for link in reports)
    return Discovery(SourceKind.LIST, found, feeds=page.feeds, name=page.title)


def _reports(links: Sequence[Link], *, least: int) -> list[Link]:
    groups: defaultdict[str, list[Link]] = defaultdict(list)
    for link in _best_of_each(links):
        groups[link.place].append(link)
    if not groups:
        return []
    best = max(groups.values(), key=_score)
    if (_mean(best) if least == 1 else _score(best)) < LIKELY:
        return []
    shapes = _shapes(best)
    quality = _mean(best)
    taken: set[str] = set()
    for group in groups.values():
        good = [link for link in group if link.score >= LIKELY]
        alike = sum(link.shape in shapes for link in good) >= max(1, len(group) // 2)
        main = not any(link.aside for link in group)
        near = _mean(group) >= 0.8 * quality and len(good) >= 3
        if group is best or (main and good and (alike or near)):
            taken.update(link.url for link in good)
    ordered = [link for link in _best_of_each(links) if link.url in taken]
    # Two links may be the start of a new column when each has its date; fewer are an article's “see also”.
    return ordered if len(ordered) >= least or (len(ordered) == 2 and all(link.dated for link in ordered)) else []


def _score(group: Sequence[Link]) -> float:
    """Mean likeness, more for a longer list, less for one at the side."""
    score = _mean(group) * (0.5 + log2(1 + min(len(group), 31)) / 3)
    return score * (0.5 if group[0].aside else 1.0)


def _mean(group: Sequence[Link]) -> float:
    return fmean(link.score for link in group)


def _shapes(group: Sequence[Link]) -> set[str]:
    """The address shapes that at least a third of the good links have."""
    counts = Counter(link.shape for link in group if link.score >= LIKELY)
    least = sum(counts.values()) / 3
    return {shape for shape, count in counts.items() if count >= least}


def _best_of_each(links: Iterable[Link]) -> list[Link]:
    """One link per address, the best scored (picture, title and “more” often point to the same), in page order."""
    best: dict[str, Link] = {}
    for link in links:
        seen = best.get(link.url)
        if seen is None or link.score > seen.score:
            best[link.url] = link
    return list(best.values())
