"""The page as the rules see it: lines of text, the elements that hold them, and what the head says."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from .text import tidy


@dataclass(slots=True, eq=False)
class Element:
    """A block element: where lines stand."""

    tag: str
    parent: Element | None
    index: int
    """Place in document order; children come after their parents."""
    depth: int
    marks: str
    """Tag, class and id, lower case: the words in which a template says what a place is for."""
    attributes: dict[str, str | None]
    hidden: bool
    end: int = 0
    """Index of the last element inside it."""

    def holds(self, other: Element) -> bool:
        """Whether the other element is this one or inside it."""
        return self.index <= other.index <= self.end

    def ancestors(self) -> list[Element]:
        """From the element itself up to the root."""
        chain: list[Element] = []
        element: Element | None = self
        while element is not None:
            chain.append(element)
            element = element.parent
        return chain


@dataclass(slots=True, eq=False)
class Line:
    """A run of text between two breaks, or an image."""

    text: str
    element: Element
    links: int = 0
    """Characters of the text that are inside links."""
    bold: int = 0
    pieces: tuple[str, ...] = ()
    """Texts of the elements of a short line, untidied; empty where there is one."""
    image: dict[str, str | None] | None = None
    """Attributes of the <img> if the line is one."""
    image_link: str | None = None

    @property
    def segments(self) -> tuple[str, ...]:
        """The parts of a short line that stand in elements of their own: `来源：` and the name in a link."""
        return tuple(piece for piece in map(tidy, self.pieces) if piece)


@dataclass(slots=True, eq=False)
class Named:
    """An element whose class or id speaks of source, author, time …, and the number of the line in which it begins."""

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
    named: list[Named] = field(default_factory=list)
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
