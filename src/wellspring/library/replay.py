"""A captured page written out anew so that it can be looked at: nothing in it runs, loads or leads anywhere unasked.

This is the inner fence. The outer one is the sandbox that `views.original` serves the result in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wellspring.engine.extract.decode import decode_page

# fmt: off
_LEFT_OUT = frozenset(
    (
        "script", "template", "iframe", "frame", "frameset", "noframes", "object", "embed", "applet",
        "param", "base", "link", "meta", "audio", "video", "source", "track", "portal", "fencedframe",
        "xmp", "noembed", "plaintext",
    )
)
_VOID = frozenset(["area", "br", "col", "hr", "img", "input", "wbr", "keygen", "basefont", "bgsound"])
_RAW = frozenset({"style"})
_INERT = frozenset(["input", "button", "select", "textarea", "fieldset"])
_ADDRESSES = frozenset(
    (
        "src", "srcset", "href", "action", "formaction", "background", "poster", "ping", "data", "code",
        "codebase", "archive", "classid", "lowsrc", "dynsrc", "longdesc", "cite", "usemap", "manifest",
        "xlink:href", "target", "download", "integrity", "nonce",
    )
)
# fmt: on
_NAME = re.compile(r"[a-z][a-z0-9:_.-]*", re.I)
_DOCTYPE = re.compile(r"\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+(<!doctype\s[^<>]{0,300}>)", re.I | re.S)
_FIRST_STYLE = (
    "<style>img{max-width:100%;height:auto}a[data-to]{color:#00e;text-decoration:underline;cursor:help}</style>"
)


def replayed_page(
    content: bytes, *, url: str, content_type: str | None = None, pictures: Mapping[str, str] | None = None
) -> str:
    """The page as HTML without scripts, frames, forms that work, styles and pictures from elsewhere.

    `pictures`: original address → address of the kept copy; other pictures show their alternative text. Links tell
    where they led. The tree is only read, never changed: taking nodes out of a Lexbor tree frees what others point to.
    """
    text, _ = decode_page(content, content_type)
    doctype = _DOCTYPE.match(text[:5000])
    tree = LexborHTMLParser(text)
    base = _base_address(tree, url)
    root = tree.root
    pieces = [doctype[1] if doctype else ""]
    if root is not None:
        pieces += _written(root, base, pictures or {})
    return "".join(pieces)


def _base_address(tree: LexborHTMLParser, url: str) -> str:
    base = tree.css_first("base[href]")
    return _absolute(base.attributes.get("href") or "", url) or url if base is not None else url


def _written(root: LexborNode, base: str, pictures: Mapping[str, str]) -> Iterator[str]:
    node: LexborNode | None = root
    depth = 0
    while node is not None:
        goes_in = False
        if node.is_text_node:
            yield _text(node)
        elif _is_shown(node):
            yield _opening(node, base, pictures)
            if node.tag == "head":
                yield _FIRST_STYLE
            goes_in = node.tag not in _VOID
        if goes_in and node.child is not None:
            node = node.child
            depth += 1
            continue
        if goes_in:
            yield f"</{node.tag}>"
        while node is not None and node.next is None and depth:
            node = node.parent
            depth -= 1
            if node is not None:
                yield f"</{node.tag}>"
        node = node.next if node is not None and depth else None


def _is_shown(node: LexborNode) -> bool:
    tag = node.tag or ""
    if not node.is_element_node or tag in _LEFT_OUT or not _NAME.fullmatch(tag):
        return False
    # Inside SVG the text of a style is markup to the next parser, so it would not stay text.
    return tag not in _RAW or not _is_foreign(node)


def _is_foreign(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in ("svg", "math"):
            return True
        above = above.parent
    return False


def _text(node: LexborNode) -> str:
    text = node.text_content or ""
    if node.parent is not None and node.parent.tag in _RAW:
        return text.replace("</", "<\\/")
    return escape(text, quote=False)


def _opening(node: LexborNode, base: str, pictures: Mapping[str, str]) -> str:
    tag = str(node.tag)
    attributes = {name.lower(): value or "" for name, value in node.attributes.items()}
    kept = [
        (name, value)
        for name, value in attributes.items()
        if _NAME.fullmatch(name) and not name.startswith("on") and name not in _ADDRESSES
    ]
    if tag == "img":
        kept += [("src", address) for address in [_kept_picture(attributes, base, pictures)] if address]
    elif tag in ("a", "area"):
        kept += _dead_link(attributes.get("href", ""), base, titled="title" in attributes)
    elif tag in _INERT:
        kept.append(("disabled", ""))
    return f"<{tag}" + "".join(f' {name}="{escape(value)}"' for name, value in kept) + ">"


def _dead_link(href: str, base: str, *, titled: bool) -> list[tuple[str, str]]:
    """A link within the page stays; one that leads away shows where it would lead, and leads nowhere."""
    if href.startswith("#"):
        return [("href", href)]
    address = _absolute(href, base)
    if not address:
        return []
    return [("data-to", address)] + ([] if titled else [("title", address)])


def _kept_picture(attributes: Mapping[str, str], base: str, pictures: Mapping[str, str]) -> str | None:
    """The kept copy of any address that the picture carries: many pages keep the real one in an attribute of theirs."""
    for value in attributes.values():
        if value in pictures:
            return pictures[value]
        if pictures and 0 < len(value) <= 2000 and (address := _absolute(value, base)) in pictures:
            return pictures[address]
    return None


def _absolute(address: str, base: str) -> str:
    """An absolute http or https address; empty for any other."""
    try:
        absolute = urljoin(base, address.strip())
        return absolute if address.strip() and urlsplit(absolute).scheme in ("http", "https") else ""
    except ValueError:
        return ""
