"""Where on the page the report stands: the element that holds its text, by text, links, punctuation and wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .comments import comment_places
from .dom import Element, Line, Page
from .spread import spread
from .wording import ASIDE, BODY, is_notice

_PUNCTUATION: Final = re.compile("[，。；！？、”,.;!?](?:(?<=[，。；！？、”])|(?= ))")
"""Marks of running text; those of Western writing with a space after them."""
_PASSED_ON: Final = (1.0, 0.8, 0.68, 0.58, 0.5, 0.43, 0.37, 0.32)
"""What a line counts for its parent, grandparent, …: the lowest element that holds nearly all of the text wins."""
_SELF: Final = {"p": 0.35, "li": 0.35, "span": 0.35, "h1": 0.0, "h2": 0.1, "h3": 0.1, "h4": 0.1, "a": 0.0}
_ASIDE_SHARE: Final = 0.5
"""An element with more of the page's text than this is no aside, whatever its class says; but comments may be long."""
_COMMENTS: Final = re.compile(r"comments?\b|comment[-_]?(?:list|box|area|wrap|con)|pinglun|\bcmt")
_COMMENTS_SHARE: Final = 0.95
_NEARLY_ALL: Final = 0.8
_HOLDERS: Final = frozenset(["div", "section", "article", "main", "td", "center", "form"])
_WORTH_A_LOOK: Final = 0.004
"""Share of the page's text below which nobody looks at an element's class: it does not decide where the report is."""
_HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_IN_ASIDE: Final = 0.04
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
    if length > 20 and is_notice(text):
        return own * 0.1
    marks = len(_PUNCTUATION.findall(text)) if own > 5 else 0
    if text.isascii():
        own = own * 2 // 5
    if marks == 0:
        return own * (0.3 if own > 12 else 0.15)
    return min(own, 500) + min(marks, 30) * 12


def find_place(page: Page, *, hidden: bool = False) -> Place | None:
    """The best place for the report's body; None where the page has no text. `hidden`: in hidden elements too."""
    elements = page.elements
    weights: list[tuple[Element, float]] = []
    subtree = [0.0] * len(elements)
    for line in page.lines:
        # Most lines of a page are links and pictures.
        if line.image is None and line.links * 2 <= len(line.text) and (weight := line_weight(line)) > 0:
            holder = line.element
            weights.append((holder, weight))
            subtree[holder.index] += weight
    holding = _summed(elements, subtree)
    if not hidden and (unseen := _unseen(holding, subtree[0] * _WORTH_A_LOOK, subtree)):
        weights = [(holder, weight) for holder, weight in weights if holder not in unseen]
        subtree = [0.0] * len(elements)
        for holder, weight in weights:
            subtree[holder.index] += weight
        holding = _summed(elements, subtree)
    if not weights:
        return None
    aside = _asides(elements, holding, subtree, comment_places(page))
    scores = [0.0] * len(elements)
    kept = [0.0] * len(elements)
    for holder, weight in weights:
        counted = weight * _IN_ASIDE if holder in aside else weight
        kept[holder.index] += counted
        scores[holder.index] += counted * _SELF.get(holder.tag, 1.05)
        outer = holder.parent
        for share in _PASSED_ON:
            if outer is None:
                break
            scores[outer.index] += counted * share
            outer = outer.parent
    for element in reversed(holding):
        if element.parent is not None:
            kept[element.parent.index] += kept[element.index]
    best, best_score = elements[0], -1.0
    for element in holding:
        score = scores[element.index]
        if score <= 0 or score * 2.2 < best_score or element.tag in ("html", "head"):
            continue
        if element.tag in ("article", "main") or BODY.search(element.marks):
            score *= 1.25
        if score > best_score:
            best, best_score = element, score
    place = spread(_narrowed(best, holding, kept), holding, kept)
    return Place(place, subtree[place.index], "densest element")


def _summed(elements: list[Element], values: list[float]) -> list[Element]:
    """Add to each element's value those of the elements inside it; returns the elements that have any, in order."""
    holding: list[Element] = []
    for index in range(len(values) - 1, -1, -1):
        value = values[index]
        if value:
            element = elements[index]
            holding.append(element)
            if element.parent is not None:
                values[element.parent.index] += value
    holding.reverse()
    return holding


def _unseen(holding: list[Element], least: float, subtree: list[float]) -> set[Element]:
    """The elements of some weight that are hidden, and all inside them."""
    unseen: set[Element] = set()
    for element in holding:
        if element.parent in unseen or (subtree[element.index] >= least and element.hidden):
            unseen.add(element)
    return unseen


def _narrowed(place: Element, holding: list[Element], counted: list[float]) -> Element:
    """The innermost element that still holds nearly all of the place's text."""
    wanted = counted[place.index] * _NEARLY_ALL
    for element in holding:
        if counted[element.index] >= wanted and element.tag in _HOLDERS and place.holds(element):
            place = element
    return place


def _asides(
    elements: list[Element], holding: list[Element], subtree: list[float], comments: set[Element]
) -> set[Element]:
    """The elements that hold comments or are named like a part of the page that is not the report, and all in them."""
    total = subtree[0]
    aside: set[Element] = set()
    for element in holding:
        if element.parent in aside or element in comments:
            aside.add(element)
            continue
        share = subtree[element.index]
        if share < total * _WORTH_A_LOOK or element.tag in ("html", "body", "p", "tbody", "tr"):
            continue
        if share > total * _ASIDE_SHARE and not (
            share < total * _COMMENTS_SHARE
            and _COMMENTS.search(element.marks)
            and not any(inner.tag in ("h1", "h2") and element.holds(inner) for inner in elements)
        ):
            continue
        if named_aside(element):
            aside.add(element)
    return aside


def named_aside(element: Element) -> bool:
    """Whether an element's tag, class or id name it as navigation, comments … and not as the report."""
    if element.tag in _HEADINGS:
        # Their ids are made from their words: `tools`, `related-work`.
        return _names_an_aside((element.attributes.get("class") or "")[:200].lower())
    return element.tag in ("nav", "footer", "aside") or _names_an_aside(element.marks)


@lru_cache(maxsize=8192)
def _names_an_aside(marks: str) -> bool:
    """Kept, because the pages of a site use the same words again and again."""
    return bool(ASIDE.search(marks)) and not BODY.search(marks)
