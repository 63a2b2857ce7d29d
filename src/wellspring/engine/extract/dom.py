"""The page as the rules see it: one walk over the DOM gives lines of text, what holds them, and the page's head."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wellspring.engine.errors import PageTooComplex

BUDGET = 6.0
"""Seconds for one page; the slowest of the gold pages takes a hundredth of one."""

_SKIP, _BLOCK, _BREAK, _IMAGE, _LINK, _TEXT, _BOLD, _HEAD, _SCRIPT, _COMMENT, _STORE = range(11)
_KINDS: dict[str | None, int] = {
    **dict.fromkeys(
        [
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
            "dir",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "frameset",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hgroup",
            "html",
            "legend",
            "li",
            "main",
            "menu",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "ul",
        ],
        _BLOCK,
    ),
    **dict.fromkeys(
        [
            "applet",
            "audio",
            "button",
            "canvas",
            "datalist",
            "embed",
            "iframe",
            "input",
            "math",
            "meter",
            "noframes",
            "noscript",
            "object",
            "option",
            "param",
            "progress",
            "select",
            "source",
            "style",
            "svg",
            "template",
            "track",
            "video",
            "-doctype",
        ],
        _SKIP,
    ),
    **dict.fromkeys(["meta", "link", "title", "base"], _HEAD),
    **dict.fromkeys(["strong", "b", "em", "h7"], _BOLD),
    "head": _BLOCK,
    "br": _BREAK,
    "hr": _BREAK,
    "img": _IMAGE,
    "image": _IMAGE,
    "a": _LINK,
    "-text": _TEXT,
    "-comment": _COMMENT,
    "script": _SCRIPT,
    "textarea": _STORE,
}
_INLINE = -1
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|table)", re.I)
_BROKEN_CJK = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef，。、；：])[ \t\r]*\n\s*(?=[\u2e80-\u9fff\uff00-\uffef])")
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x2060, 0xFEFF, 0xAD, 0])
_INVISIBLE_PRESENT = re.compile("[\u200b-\u200f\u2028\u2029\u2060\ufeff\u00ad\x00]")
_NAMED = re.compile(
    r"source|author|byline|editor|writer|reporter|media|nick|laiyuan|\bly\b|zuozhe|pub|time|date|user|name|from|origin"
)


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
    image: dict[str, str | None] | None = None
    """Attributes of the <img> if the line is one."""
    image_link: str | None = None


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


def tidy(text: str) -> str:
    """White space runs become one space, none where a line is broken between two Chinese characters."""
    if _INVISIBLE_PRESENT.search(text):
        text = text.translate(_INVISIBLE)
    if "\n" in text:
        text = _BROKEN_CJK.sub("", text)
    return " ".join(text.split())


def read_page(markup: str | bytes, *, budget: float = BUDGET) -> Page:
    """Parse and walk. Raises PageTooComplex when the walk takes longer than `budget` seconds.

    The walk uses no recursion, so the depth of the page does not matter.
    """
    return _Walk(budget).over(LexborHTMLParser(markup))


class _Walk:
    def __init__(self, budget: float) -> None:
        self.page = Page()
        self.deadline = time.monotonic() + budget
        self.pieces: list[str] = []
        self.links = 0
        self.bold = 0

    def over(self, parser: LexborHTMLParser) -> Page:
        page, pieces = self.page, self.pieces
        root = parser.root
        if root is None:
            return page
        element = self._element(root, "html", None, 0)
        page.language = element.attributes.get("lang") or ""
        kinds = _KINDS
        in_link = in_bold = 0
        link: str | None = None
        # Open nodes: (node, kind, element to come back to).
        stack: list[tuple[LexborNode, int, Element]] = []
        node: LexborNode | None = root.first_child
        steps = 0
        while True:
            while node is None:
                if not stack:
                    self._flush(element)
                    element.end = len(page.elements) - 1
                    return page
                closed, kind, outer = stack.pop()
                if kind == _BLOCK:
                    self._flush(element)
                    element.end = len(page.elements) - 1
                elif kind == _LINK:
                    in_link -= 1
                elif kind == _BOLD:
                    in_bold -= 1
                element = outer
                node = closed.next
            steps += 1
            if not steps & 2047 and time.monotonic() > self.deadline:
                raise PageTooComplex()
            kind = kinds.get(node.tag, _INLINE)
            if kind == _TEXT:
                text = node.text_content
                if not text or text.isspace():
                    if pieces and text:
                        pieces.append("\n" if "\n" in text else " ")
                else:
                    pieces.append(text)
                    if in_link or in_bold:
                        length = len(text.strip())
                        if in_link:
                            self.links += length
                        if in_bold:
                            self.bold += length
                node = node.next
                continue
            outer = element
            if kind == _BLOCK:
                self._flush(element)
                element = self._element(node, node.tag or "", element, len(stack))
            elif kind in (_INLINE, _LINK, _BOLD):
                attributes = node.attributes
                if attributes:
                    if kind == _LINK:
                        link = attributes.get("href")
                    style = attributes.get("style")
                    if style and len(style) < 2000:
                        if _HIDDEN.search(style):
                            node = node.next
                            continue
                        if kind == _INLINE and _BLOCK_STYLE.search(style):
                            kind = _BLOCK
                            self._flush(element)
                            element = self._element(node, "div", element, len(stack))
                    if kind in (_INLINE, _LINK):
                        marks = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
                        if len(marks) > 1 and _NAMED.search(marks):
                            page.named.append(Named(marks[:200], node, len(page.lines)))
                in_link += kind == _LINK
                in_bold += kind == _BOLD
            else:
                if kind == _BREAK:
                    self._flush(element)
                elif kind == _IMAGE:
                    self._image(node, element, link if in_link else None)
                else:
                    self._aside(node, kind)
                node = node.next
                continue
            stack.append((node, kind, outer))
            node = node.first_child

    def _element(self, node: LexborNode, tag: str, parent: Element | None, depth: int) -> Element:
        attributes = node.attributes
        marks = tag
        hidden = parent is not None and parent.hidden
        if attributes:
            names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
            if len(names) > 1:
                marks = f"{tag} {names.lower()}"[:300]
                if _NAMED.search(marks):
                    self.page.named.append(Named(marks, node, len(self.page.lines)))
            style = attributes.get("style")
            if style and not hidden and len(style) < 2000 and _HIDDEN.search(style):
                hidden = True
            if "hidden" in attributes:
                hidden = True
        element = Element(tag, parent, len(self.page.elements), depth, marks, attributes, hidden)
        self.page.elements.append(element)
        return element

    def _flush(self, element: Element) -> None:
        if not self.pieces:
            return
        text = tidy("".join(self.pieces))
        if text:
            self.page.lines.append(Line(text, element, min(self.links, len(text)), min(self.bold, len(text))))
        self.pieces.clear()
        self.links = self.bold = 0

    def _image(self, node: LexborNode, element: Element, link: str | None) -> None:
        attributes = node.attributes
        if _is_inline_picture(attributes):
            return
        self._flush(element)
        self.page.lines.append(Line("", element, image=attributes, image_link=link))

    def _aside(self, node: LexborNode, kind: int) -> None:
        """What carries no line of text: head, scripts, stores, comments."""
        page = self.page
        if kind == _SCRIPT:
            attributes = node.attributes
            if "src" not in attributes:
                page.scripts.append(((attributes.get("type") or "").lower(), node))
        elif kind == _HEAD:
            self._head(node)
        elif kind == _STORE:
            page.stores.append(node)
        elif kind == _COMMENT:
            note = node.comment_content
            if note and "<" in note and len(note) < 20_000:
                page.notes.append(note)
        elif node.tag == "noscript":
            page.noscript = True

    def _head(self, node: LexborNode) -> None:
        page, attributes = self.page, node.attributes
        tag = node.tag
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
            content = attributes.get("content")
            if name and content:
                page.metas.append((name.strip().lower(), content.strip()))
        elif tag == "title":
            if not page.title:
                page.title = tidy(node.text())
        elif tag == "base":
            page.base = page.base or attributes.get("href")
        elif (attributes.get("rel") or "").lower() == "canonical":
            page.canonical = page.canonical or attributes.get("href")


def _is_inline_picture(attributes: dict[str, str | None]) -> bool:
    """A face, a dot, a counter: a picture that stands inside a sentence or is not meant to be seen."""
    sizes = [attributes.get("width") or "", attributes.get("height") or ""]
    small = [size for size in sizes if size.removesuffix("px").isdigit() and int(size.removesuffix("px")) <= 40]
    return len(small) == 2 or any(
        word in (attributes.get("class") or "").lower() for word in ("emoji", "emotion", "face")
    )
