"""The page as the rules see it: lines of text, the elements that hold them, and what the head says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborNode

from .patience import Patience
from .text import tidy

_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.I)
_LONGEST_STYLE: Final = 2000


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element's own attributes keep it from being seen."""
    style = attributes.get("style")
    if style and "display" in style and len(style) < _LONGEST_STYLE and _HIDDEN.search(style):
        return True
    return "hidden" in attributes


class Element:
    """A block element: where lines stand. Its attributes are read from the DOM when a rule first asks: few are."""

    __slots__ = ("_attributes", "_hidden", "_marks", "end", "index", "line", "node", "parent", "tag")

    def __init__(self, node: LexborNode, tag: str, parent: Element | None, index: int, line: int) -> None:
        self.node = node
        self.tag = tag
        self.parent = parent
        self.index = index
        """Place in document order; children come after their parents."""
        self.end = index
        """Index of the last element inside it."""
        self.line = line
        """Number of the line in which it begins."""
        self._attributes: dict[str, str | None] | None = None
        self._marks: str | None = None
        self._hidden: bool | None = None

    @property
    def attributes(self) -> dict[str, str | None]:
        found = self._attributes
        if found is None:
            found = self._attributes = self.node.attributes
        return found

    @property
    def marks(self) -> str:
        """Tag, class and id, lower case: the words in which a template says what a place is for."""
        marks = self._marks
        if marks is None:
            names = names_of(self.attributes)
            marks = self._marks = f"{self.tag} {names}" if names else self.tag
        return marks

    @property
    def hidden(self) -> bool:
        """Whether it, or an element around it, is not to be seen."""
        if self._hidden is None:
            chain: list[Element] = []
            element: Element | None = self
            while element is not None and element._hidden is None:
                chain.append(element)
                element = element.parent
            hidden = element is not None and bool(element._hidden)
            for inner in reversed(chain):
                hidden = inner._hidden = hidden or is_hidden(inner.attributes)
        return bool(self._hidden)

    def holds(self, other: Element) -> bool:
        """Whether the other element is this one or inside it."""
        return self.index <= other.index <= self.end


def names_of(attributes: Mapping[str, str | None]) -> str:
    """Class and id in lower case, at most 200 characters."""
    first, second = attributes.get("class"), attributes.get("id")
    if not first and not second:
        return ""
    return (f"{first} {second}" if first and second else first or second or "")[:200].lower()


class Line:
    """A run of text between two breaks, or an image. No dataclass: a page has hundreds, and compiled these are slow."""

    __slots__ = ("bold", "element", "image", "links", "pieces", "text")

    def __init__(
        self,
        text: str,
        element: Element,
        links: int = 0,
        bold: int = 0,
        pieces: tuple[str, ...] = (),
        image: dict[str, str | None] | None = None,
    ) -> None:
        self.text = text
        self.element = element
        self.links = links
        """Characters of the text that are inside links."""
        self.bold = bold
        self.pieces = pieces
        """Texts of the elements of a short line, untidied; empty where there is one."""
        self.image = image
        """Attributes of the <img> if the line is one."""

    @property
    def segments(self) -> tuple[str, ...]:
        """The parts of a short line that stand in elements of their own: `来源：` and the name in a link."""
        return tuple(piece for piece in map(tidy, self.pieces) if piece)


@dataclass(slots=True, eq=False)
class Named:
    """An element with class or id, and the number of the line in which it begins."""

    marks: str
    node: LexborNode
    line: int

    @property
    def text(self) -> str:
        return " ".join(self.node.text(separator=" ").split())


@dataclass(slots=True, eq=False)
class Page:
    """All that the rules look at."""

    lines: list[Line] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    inline: list[tuple[LexborNode, int]] = field(default_factory=list)
    """Elements inside lines (<span>, <a> …), and the number of the line that they are in."""
    metas: list[tuple[str, str]] = field(default_factory=list)
    """(name or property or itemprop in lower case, content), in document order."""
    title: str = ""
    """Text of <title>."""
    language: str = ""
    canonical: str | None = None
    base: str | None = None
    scripts: list[tuple[str, LexborNode]] = field(default_factory=list)
    """(type, element) of inline scripts."""
    stores: list[LexborNode] = field(default_factory=list)
    """<textarea> elements: some systems keep the article in one."""
    notes: list[str] = field(default_factory=list)
    """Comments that hold markup: publishing systems of newspapers write the record there."""
    noscript: bool = False
    patience: Patience = field(default_factory=Patience)
    """Asked in loops that can be long."""

    def named_between(self, first: int, last: int) -> list[Named]:
        """Elements with class or id that begin in these lines, in order of their lines."""
        nodes = [(element.line, element.node) for element in self.elements if first <= element.line <= last]
        nodes.extend((line, node) for node, line in self.inline if first <= line <= last)
        found = [Named(names_of(node.attributes), node, line) for line, node in sorted(nodes, key=lambda pair: pair[0])]
        return [named for named in found if named.marks]
