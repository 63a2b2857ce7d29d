"""Whether a page is an article, a list of reports or something else."""

from __future__ import annotations

from wellspring.engine.records import PageKind

from .blocks import Body
from .dom import Page

_SHORTEST = 60
"""Characters of running text below which nothing is called an article without other signs."""


def kind_of(page: Page, body: Body, *, stated: bool, titled: bool, dated: bool) -> PageKind:
    """`stated`: the head says article; `titled`, `dated`: a headline and a time stand by the text."""
    headlines = [line for line in page.lines if line.links >= 8 and line.links * 2 >= len(line.text)]
    linked = sum(line.links for line in headlines)
    if body.characters >= _SHORTEST * 5 and (titled or stated):
        return PageKind.ARTICLE
    if body.characters >= _SHORTEST and titled and (dated or stated) and body.characters * 12 > linked:
        return PageKind.ARTICLE
    if len(headlines) >= 12 and linked > body.characters:
        return PageKind.LIST
    if body.characters >= _SHORTEST // 2 and titled and dated:
        return PageKind.ARTICLE
    return PageKind.OTHER
