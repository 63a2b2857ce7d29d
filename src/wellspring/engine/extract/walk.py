"""From markup to lines and elements: one pass over the DOM, without recursion, within a time budget."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .dom import Element, Line, Page, is_hidden
from .patience import Patience
from .text import tidy
from .toil import lightened

# Kinds of nodes, in an order that `_Walk.over` asks by.
_INLINE: Final = 0
_BLOCK: Final = 1
_TEXT: Final = 2
_LINK: Final = 3
_BOLD: Final = 4
_BREAK: Final = 5
_IMAGE: Final = 6
_SKIP: Final = 7
_HEAD: Final = 8
_SCRIPT: Final = 9
_STORE: Final = 10
_COMMENT: Final = 11
_TAGS: Final = {
    _BLOCK: "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup html legend li main menu nav ol p pre section "
    "summary table tbody td tfoot th thead tr ul",
    _LINK: "a",
    _BOLD: "strong b",
    _BREAK: "br hr",
    _IMAGE: "img",
    _SKIP: "applet audio button canvas datalist embed iframe input math meter noembed noframes noscript object param "
    "progress select source style svg template track video",
    _HEAD: "meta link title base",
    _SCRIPT: "script",
    _STORE: "textarea",
}
_BLOCK_STYLE: Final = re.compile(r"display\s*:\s*(?:block|flex|table)", re.I)
_BOLD_STYLE: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_BOLD_NAME: Final = re.compile(r"\bbold\b")
_LONGEST_STYLE: Final = 2000
_SEGMENTED: Final = 160
"""Lines shorter than this keep their segments: bylines do, paragraphs need not."""
_TELLING_NOTE: Final = re.compile(r"<(?:title|date|author|sourcename)>", re.I)


def _names() -> dict[int, str]:
    """Name of each element by the parser's number for it."""
    parser = LexborHTMLParser("")
    return {parser.create_node(name).tag_id: name for names in _TAGS.values() for name in names.split()}


def _kinds() -> dict[int, int]:
    """Kind of each element by the parser's number for it: numbers are compared faster than names."""
    kind_of = {name: kind for kind, names in _TAGS.items() for name in names.split()}
    kinds = {number: kind_of[name] for number, name in _NAMES.items()}
    sample = LexborHTMLParser("<!DOCTYPE html><p>x<!-- c --></p>").root
    assert sample is not None
    for node in sample.traverse(include_text=True):
        if node.is_text_node:
            kinds[node.tag_id] = _TEXT
        elif node.is_comment_node:
            kinds[node.tag_id] = _COMMENT
    return kinds


_NAMES: Final = _names()
_KINDS: Final = _kinds()
_TEXT_NUMBER: Final = next(number for number, kind in _KINDS.items() if kind == _TEXT)
_DIV_NUMBER: Final = next(number for number, name in _NAMES.items() if name == "div")


bytes(32 * 1024 * 1024 - 65_536)
# Freed at once, untouched. From then on the C library keeps the memory of one parsed page for the next; before, it gave
# it back to the system and had it cleared anew for each page, which took one thirtieth of the whole time.


def read_page(markup: bytes, patience: Patience | None = None) -> Page:
    """Parse and walk markup (UTF-8). Raises PageTooComplex where that takes longer than `patience` lasts."""
    page = Page(patience=patience or Patience())
    root = LexborHTMLParser(lightened(markup)).root
    if root is not None:
        page.patience.check()
        _Walk(page).over(root)
    return page


class _Walk:
    """The state of one walk: the text that waits for the end of its line, and how much of it is linked or bold."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pieces: list[str] = []
        self.links = 0
        self.bold = 0

    def over(self, root: LexborNode) -> None:
        """Visit every node once, in document order. The loop is one piece on purpose: it runs for every node."""
        page, pieces, kinds, names, text_number = self.page, self.pieces, _KINDS, _NAMES, _TEXT_NUMBER
        elements, lines, inline = page.elements, page.lines, page.inline
        element = Element(root, "html", None, 0, 0)
        elements.append(element)
        page.language = element.attributes.get("lang") or ""
        in_link = in_bold = 0
        # Open nodes with their kind and the element to come back to.
        stack: list[tuple[LexborNode, int, Element]] = []
        node: LexborNode | None = root.first_child
        while True:
            while node is None:
                if not stack:
                    self._flush(element)
                    element.end = len(elements) - 1
                    return
                closed, kind, outer = stack.pop()
                if kind == _BLOCK:
                    if pieces:
                        self._flush(element)
                    if element.line == len(lines):
                        # Nothing stands in it: its inner elements are gone already, for the same reason.
                        elements.pop()
                    else:
                        element.end = len(elements) - 1
                    element = outer
                elif kind == _LINK:
                    in_link -= 1
                elif kind == _BOLD:
                    in_bold -= 1
                node = closed.next
            number = node.tag_id
            if number == text_number:
                if not node.is_empty_text_node:
                    text = node.text_content or ""
                    pieces.append(text)
                    if in_link:
                        self.links += len(text.strip())
                    if in_bold:
                        self.bold += len(text.strip())
                elif pieces:
                    pieces.append(" ")
                node = node.next
                continue
            kind = kinds.get(number, _INLINE)
            if kind == _INLINE:
                attributes = node.attributes
                if attributes:
                    kind = _kind_by_attributes(attributes)
                    if kind == _BLOCK:
                        number = _DIV_NUMBER
            if kind == _BLOCK:
                if pieces:
                    self._flush(element)
            elif kind > _BOLD:
                if kind == _COMMENT:
                    note = node.comment_content
                    if note and "<" in note:
                        self._note(note)
                elif kind == _BREAK:
                    if pieces:
                        self._flush(element)
                elif kind == _IMAGE:
                    self._image(node, element)
                elif kind > _SKIP or (not page.noscript and node.tag == "noscript"):
                    self._aside(node, kind)
                node = node.next
                continue
            else:
                inline.append((node, len(lines)))
            inner = node.first_child
            if inner is None:
                node = node.next
                continue
            alone = inner.tag_id == text_number and inner.next is None
            if alone and inner.is_empty_text_node:
                if pieces:
                    pieces.append(" ")
                node = node.next
                continue
            outer = element
            if kind == _BLOCK:
                index = len(elements)
                if not index & 255:
                    page.patience.check()
                element = Element(node, names[number], element, index, len(lines))
                elements.append(element)
            if alone:
                # The usual case, without a turn of the loop: one text and nothing else.
                text = inner.text_content or ""
                pieces.append(text)
                if kind == _LINK or in_link:
                    self.links += len(text.strip())
                if kind == _BOLD or in_bold:
                    self.bold += len(text.strip())
                if kind == _BLOCK:
                    self._flush(element)
                    element = outer
                node = node.next
                continue
            if kind == _LINK:
                in_link += 1
            elif kind == _BOLD:
                in_bold += 1
            stack.append((node, kind, outer))
            node = inner

    def _flush(self, element: Element) -> None:
        """End the line."""
        pieces = self.pieces
        if pieces:
            several = len(pieces) > 1
            text = tidy("".join(pieces) if several else pieces[0])
            if text:
                length, links, bold = len(text), self.links, self.bold
                self.page.lines.append(
                    Line(
                        text,
                        element,
                        links if links < length else length,
                        bold if bold < length else length,
                        tuple(pieces) if several and length < _SEGMENTED else (),
                    )
                )
            pieces.clear()
            self.links = self.bold = 0

    def _image(self, node: LexborNode, element: Element) -> None:
        attributes = node.attributes
        if not _is_inline_picture(attributes):
            self._flush(element)
            self.page.lines.append(Line("", element, image=attributes))

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
        elif node.tag == "noscript":
            page.noscript = True

    def _note(self, note: str) -> None:
        if len(note) < 20_000 and _TELLING_NOTE.search(note):
            self.page.notes.append(note)

    def _head(self, node: LexborNode) -> None:
        page, attributes = self.page, node.attributes
        tag = node.tag
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
            content = attributes.get("content")
            if name and content:
                page.metas.append((name.strip().lower(), content.strip()))
        elif tag == "title":
            page.title = page.title or tidy(node.text())
        elif tag == "base":
            page.base = page.base or attributes.get("href")
        elif (attributes.get("rel") or "").lower() == "canonical":
            page.canonical = page.canonical or attributes.get("href")


def _kind_by_attributes(attributes: dict[str, str | None]) -> int:
    """What style and class make of an inline element: not to be seen, a block, bold, or nothing special."""
    style = attributes.get("style")
    if style and len(style) < _LONGEST_STYLE:
        if "display" in style:
            if is_hidden(attributes):
                return _SKIP
            if _BLOCK_STYLE.search(style):
                return _BLOCK
        if "weight" in style and _BOLD_STYLE.search(style):
            return _BOLD
    names = attributes.get("class")
    return _BOLD if names and ("strong" in names or ("bold" in names and _BOLD_NAME.search(names))) else _INLINE


def _is_inline_picture(attributes: dict[str, str | None]) -> bool:
    """A face, a dot, a counter: a picture that stands inside a sentence or is not meant to be seen."""
    width, height = attributes.get("width"), attributes.get("height")
    if width and height and _is_tiny(width) and _is_tiny(height):
        return True
    names = attributes.get("class")
    if not names:
        return False
    names = names.lower()
    return "emoji" in names or "emotion" in names or "face" in names


def _is_tiny(size: str) -> bool:
    size = size.removesuffix("px")
    return size.isdecimal() and int(size[:6]) <= 40
