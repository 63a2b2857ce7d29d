"""What stands in the place of the report and is not of it: lists of links, elements named as asides."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from .body import named_aside
from .dom import Element, Page

_LONGEST_LIST: Final = 2000
"""Elements in a list whose links are looked at."""


def lines_of(page: Page, place: Element, *, hidden: bool = False) -> list[int]:
    """Numbers of the lines inside a place that stand in no aside, in reading order."""
    inside = [
        number
        for number, line in enumerate(page.lines)
        if place.holds(line.element) and (hidden or not line.element.hidden)
    ]
    dropped = _dropped_elements(page, place, inside)
    if not dropped:
        return inside
    begins = [element.index for element in dropped]
    kept: list[int] = []
    for number in inside:
        index = page.lines[number].element.index
        before = bisect_right(begins, index) - 1
        if before < 0 or index > dropped[before].end:
            kept.append(number)
    return kept


def _dropped_elements(page: Page, place: Element, inside: list[int]) -> list[Element]:
    """Elements inside the place that are lists of links or are named as something beside the report, in order."""
    length: dict[int, int] = {}
    links: dict[int, int] = {}
    lines: dict[int, int] = {}
    for number in inside:
        line = page.lines[number]
        if line.image is not None:
            continue
        index = line.element.index
        length[index] = length.get(index, 0) + len(line.text)
        links[index] = links.get(index, 0) + line.links
        lines[index] = lines.get(index, 0) + 1
    for index in range(place.end, place.index, -1):
        outer = page.elements[index].parent if index in length else None
        if outer is not None and outer is not place:
            for counted in (length, links, lines):
                counted[outer.index] = counted.get(outer.index, 0) + counted[index]
    length.pop(place.index, None)
    total = sum(len(page.lines[number].text) for number in inside)
    dropped: list[Element] = []
    end = -1
    for index in sorted(length):
        if index <= end:
            continue
        element = page.elements[index]
        linked = links[index] > 0.6 * length[index]
        many = linked and (lines[index] >= 2 or element.tag in ("ul", "ol", "dl"))
        if many and element.tag in ("ul", "ol") and _leads_away(element, page.base):
            many = False
        if many or (length[index] < total * 0.3 and element.tag != "p" and named_aside(element)):
            dropped.append(element)
            end = element.end
    return dropped


def is_in_a_list_of_sources(element: Element, page: Page, known: dict[int, bool]) -> bool:
    """Whether an element stands in a list whose links go to other sites; `known` remembers the lists asked about."""
    current: Element | None = element
    for _ in range(3):
        if current is None:
            return False
        if current.tag in ("ul", "ol"):
            if current.index not in known:
                known[current.index] = _leads_away(current, page.base)
            return known[current.index]
        current = current.parent
    return False


def _leads_away(element: Element, own: str | None) -> bool:
    """Whether most links of a list go to other sites: sources and offers, not a site's other reports."""
    if not own or element.end - element.index > _LONGEST_LIST:
        return False
    site = _site(own)
    addresses = [link.attributes.get("href") or "" for link in element.node.css("a")]
    away = sum(address.startswith(("http://", "https://")) and _site(address) != site for address in addresses)
    return away * 2 > len(addresses)


def _site(address: str) -> str:
    """The last two labels of the host: `example.org` for news.example.org."""
    return ".".join(address.split("/", 3)[2].rsplit(":", 1)[0].lower().split(".")[-2:]) if "://" in address else ""
