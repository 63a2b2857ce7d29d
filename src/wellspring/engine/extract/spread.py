"""Where a report that stands in several elements goes on: in others of the same class as the one with most text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .dom import Element

_WORTH: Final = 1.12
"""The page must hold this much more running text than the place before anything is looked for."""
_MEMBER: Final = 0.03
"""Share of the place's text that an element of the same class must hold to be a part of the report."""
_SINGLE: Final = 1.1
"""A wrapper with no more text than this, by the text of the place, stands for the place."""
_LEVELS: Final = 2


def spread(place: Element, elements: Sequence[Element], kept: Sequence[float]) -> Element:
    """The element around the place and all others of its class that hold running text; the place if there are none.

    `kept` is the weight of running text inside each element, by its index; what stands in asides hardly counts.
    """
    held = kept[place.index]
    if kept[0] < held * _WORTH:
        return place
    current: Element | None = place
    for _ in range(_LEVELS):
        if current is None or current.tag in ("body", "html") or kept[current.index] > held * _SINGLE:
            return place
        around = _around(current, elements, kept, held)
        if around is not None:
            return around
        current = current.parent
    return place


def _around(place: Element, elements: Sequence[Element], kept: Sequence[float], held: float) -> Element | None:
    named = place.attributes.get("class")
    if not named:
        return None
    least = held * _MEMBER
    first = last = place
    more = 0.0
    end = -1
    for element in elements:
        if kept[element.index] < least or element.tag != place.tag or element.index <= end or element.holds(place):
            continue
        if place.holds(element) or element.attributes.get("class") != named:
            continue
        end = element.end
        more += kept[element.index]
        if element.index < first.index:
            first = element
        last = element if element.index > last.index else last
    if kept[place.index] + more < held * _WORTH:
        return None
    around: Element | None = place
    while around is not None and not (around.holds(first) and around.holds(last)):
        around = around.parent
    return around
