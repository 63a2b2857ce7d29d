"""Where on the page the report stands: the element that holds its text, by text, links, punctuation and wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .dom import Element, Line, Page
from .spread import spread
from .wording import ASIDE, BODY, NOTICE

_PUNCTUATION = "，。；！？、”"
_SPACED_PUNCTUATION = (", ", ". ", "; ", "! ", "? ")
_PASSED_ON = (1.0, 0.8, 0.68, 0.58, 0.5, 0.43, 0.37, 0.32)
"""What a line counts for its parent, grandparent, …: the lowest element that holds nearly all of the text wins."""
_SELF = {"p": 0.35, "li": 0.35, "span": 0.35, "h1": 0.0, "h2": 0.1, "h3": 0.1, "h4": 0.1, "a": 0.0}
_ASIDE_SHARE = 0.5
"""An element with more of the page's text than this is no aside, whatever its class says; but comments may be long."""
_COMMENTS = re.compile(r"comments?\b|comment[-_]?(?:list|box|area|wrap|con)|pinglun|\bcmt")
_COMMENTS_SHARE = 0.95
_NEARLY_ALL = 0.8
_HOLDERS = frozenset(["div", "section", "article", "main", "td", "center", "form"])
_IN_ASIDE = 0.04
"""What text in an aside counts."""


@dataclass(slots=True)
class Place:
    """The element that holds the report, and its weight: characters of running text, punctuation counted extra."""

    element: Element
    weight: float
    rule: str


def line_weight(line: Line) -> float:
    """Characters of running text in a line; punctuation counts extra, a line of links counts nothing."""
    text = line.text
    length = len(text)
    own = length - line.links
    if own * 2 < length:
        return 0.0
    if length > 20 and NOTICE.match(text):
        return own * 0.1
    marks = _marks_in(text) if own > 5 else 0
    if text.isascii():
        own = own * 2 // 5
    if marks == 0:
        return own * (0.3 if own > 12 else 0.15)
    return min(own, 500) + min(marks, 30) * 12


def _marks_in(text: str) -> int:
    """Punctuation marks of running text."""
    marks = 0 if text.isascii() else sum(map(text.count, _PUNCTUATION))
    return marks + sum(map(text.count, _SPACED_PUNCTUATION)) if " " in text else marks


def find_place(page: Page, *, hidden: bool = False) -> Place | None:
    """The best place for the report's body; None where the page has no text. `hidden`: in hidden elements too."""
    elements = page.elements
    count = len(elements)
    weights: list[tuple[Line, float]] = []
    subtree = [0.0] * count
    for line in page.lines:
        if line.image is not None or line.links * 2 > len(line.text):
            continue
        weight = line_weight(line)
        if weight > 0 and (hidden or not line.element.hidden):
            weights.append((line, weight))
            subtree[line.element.index] += weight
    if not weights:
        return None
    for element in reversed(elements):
        if element.parent is not None and subtree[element.index]:
            subtree[element.parent.index] += subtree[element.index]
    total = subtree[0]
    aside = _asides(elements, subtree, total)
    scores = [0.0] * count
    kept = [0.0] * count
    for line, weight in weights:
        holder = line.element
        counted = weight * _IN_ASIDE if aside[holder.index] else weight
        kept[holder.index] += counted
        scores[holder.index] += counted * _SELF.get(holder.tag, 1.05)
        outer = holder.parent
        for share in _PASSED_ON:
            if outer is None:
                break
            scores[outer.index] += counted * share
            outer = outer.parent
    for element in reversed(elements):
        if element.parent is not None and kept[element.index]:
            kept[element.parent.index] += kept[element.index]
    best, best_score = elements[0], -1.0
    for element in elements:
        score = scores[element.index]
        if score <= 0 or score * 2.2 < best_score or element.tag in ("html", "head"):
            continue
        if BODY.search(element.marks) or element.tag in ("article", "main"):
            score *= 1.25
        if score > best_score:
            best, best_score = element, score
    place = spread(_narrowed(best, elements, kept), elements, kept)
    return Place(place, subtree[place.index], "densest element")


def _narrowed(place: Element, elements: list[Element], counted: list[float]) -> Element:
    """The innermost element that still holds nearly all of the place's text."""
    wanted = counted[place.index] * _NEARLY_ALL
    for element in elements[place.index + 1 : place.end + 1]:
        if counted[element.index] >= wanted and element.tag in _HOLDERS and place.holds(element):
            place = element
    return place


def _asides(elements: list[Element], subtree: list[float], total: float) -> list[bool]:
    """For each element whether it, or one around it, is named like a part of the page that is not the report."""
    aside = [False] * len(elements)
    headings = [element for element in elements if element.tag in ("h1", "h2")]
    for element in elements:
        parent = element.parent
        if parent is not None and aside[parent.index]:
            aside[element.index] = True
            continue
        share = subtree[element.index]
        if share <= 0 or element.tag in ("html", "body", "p", "tbody", "tr"):
            continue
        if share > total * _ASIDE_SHARE and not (
            share < total * _COMMENTS_SHARE
            and _COMMENTS.search(element.marks)
            and not any(element.holds(heading) for heading in headings)
        ):
            continue
        aside[element.index] = named_aside(element)
    return aside


def named_aside(element: Element) -> bool:
    """Whether an element's tag, class or id name it as navigation, comments … and not as the report."""
    return element.tag in ("nav", "footer", "aside") or _names_an_aside(element.marks)


@lru_cache(maxsize=8192)
def _names_an_aside(marks: str) -> bool:
    """Kept, because the pages of a site use the same words again and again."""
    return bool(ASIDE.search(marks)) and not BODY.search(marks)
