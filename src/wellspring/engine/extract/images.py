"""Pictures of the report: their real address among the lazy ones, and the line that is their caption."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urljoin, urlsplit

from .dom import Element, Line

_ADDRESSES: Final = (
    "data-original",
    "data-src",
    "data-lazy-src",
    "data-lazyload",
    "data-actualsrc",
    "data-original-src",
    "data-url",
    "data-echo",
    "data-img",
    "data-image",
    "original",
    "_src",
    "src2",
    "file",
    "zoomfile",
    "src",
)
_DECORATION: Final = re.compile(
    r"logo|icon|avatar|qrcode|erweima|ewm|blank\.|spacer|pixel|loading|placeholder|grey\.gif|1x1|share|weixin|button|"
    r"btn|arrow|/face/|emoji|sprite|captcha|beacon|close\.|ad[_/](?<=\bad.)"
)
"""In lower case; each branch begins with a letter of its own, by which it is told quickly."""
_CAPTION_PLACE: Final = re.compile(
    r"caption|pic[-_]?(?:txt|text|info|desc|note)|img[-_]?(?:txt|text|info|desc|note|title|descr)|picture|photo|figure|tuzhu|tushuo"
)
_CENTRED: Final = re.compile(r"text-align\s*:\s*center", re.I)
_CREDIT: Final = re.compile(
    r"图片?来源|(?:供|制|配|组|资料|示意|效果|截|插|原|合)图|[摄摄]$|摄\s*[)）]?$|摄影|^(?:图|△|▲|▼|↑|↓)|截图|视频截|/摄|摄/|新华社发|视觉中国|图源|绘$|^（?上图|^（?下图|^（?左|图为|图说"
)


_HEADING: Final = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．是]|第[一二三四五六七八九十]|[“‘][^”’]*[”’]$|[《【■●◆▌]|.*[：:？?！!]$"
)
"""How a heading inside the text begins or ends, and a caption hardly ever."""


def image_address(attributes: dict[str, str | None], base: str | None) -> str | None:
    """Absolute address of a picture; None for decoration, inline data and what cannot be made absolute later either.

    A relative address stays relative when the page's own address is unknown.
    """
    for name in _ADDRESSES:
        value = (attributes.get(name) or "").strip()
        if not value or value.startswith(("data:", "javascript:", "about:", "blob:")) or len(value) > 2000:
            continue
        if name != "src" and not re.search(r"[/.]", value):
            continue
        if _DECORATION.search(value.rpartition("/")[2].lower()):
            return None
        named = attributes.get("class")
        if named and _DECORATION.search(named.lower()):
            return None
        try:
            address = urljoin(base, value) if base else value
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https", ""):
            continue
        if address.startswith("//"):
            address = "https:" + address
        return address
    return None


def caption_after(image: Line, line: Line, following: Line | None, usual: int) -> str | None:
    """The text of the line after a picture if it is the picture's caption; `usual` is the median length of lines."""
    text = line.text
    length = len(text)
    if length > 120 or line.links * 2 > length:
        return None
    element: Element | None = line.element
    shared = False
    centred = False
    for _ in range(3):
        if element is None:
            break
        if element.tag == "figcaption" or _CAPTION_PLACE.search(element.marks):
            return text
        attributes = element.attributes
        centred = (
            centred
            or attributes.get("align") == "center"
            or bool(_CENTRED.search((attributes.get("style") or "")[:2000]))
        )
        shared = shared or (element is image.element and element.tag in ("figure", "td", "p", "center"))
        element = element.parent
    if line.bold * 10 >= length * 8 and not centred and not _CREDIT.search(text):
        return None
    if _CREDIT.search(text) and length <= 90:
        return text
    if (centred or (shared and image.element.tag == "figure")) and length <= 60:
        return text
    if shared and length <= 50 and usual > 30 and image.element.tag == "p":
        return text
    if (
        length <= 26
        and usual > 45
        and (text[-1] in "。）)" or (length >= 8 and not text.isascii() and not _HEADING.match(text)))
        and following is not None
        and (following.image is not None or len(following.text) > 30)
    ):
        return text
    return None
