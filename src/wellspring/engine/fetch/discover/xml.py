"""Reading somebody's XML as a stream: nothing expanded, nothing fetched, no tree of it in memory, broken or not."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from html.entities import html5
from itertools import islice

from lxml import etree

from wellspring.engine.fetch.discover.document import Document

MOST_ELEMENTS = 50_000
"""What the sitemap protocol allows in one file."""

_OWN = {"amp", "lt", "gt", "quot", "apos"}
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")


def elements(document: Document, names: Sequence[str]) -> Iterator[etree._Element]:
    """Each element of these local names when it ends, in any namespace, as far as the damage lets; 50,000 at most."""
    text = re.sub(r"^<\?xml[^>]{0,200}\?>", "", document.text, count=1)
    text = _ENTITY.sub(_character, text)
    events = etree.iterparse(
        io.BytesIO(text.encode("utf-8", "replace")),
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _event, element in islice(events, MOST_ELEMENTS):
            yield element
    except etree.XMLSyntaxError:
        return


def local_name(element: etree._Element) -> str:
    return etree.QName(element).localname


def text_of(element: etree._Element) -> str:
    """All text inside, whatever elements it is cut into."""
    return "".join(str(part) for part in element.itertext())


def _character(entity: re.Match[str]) -> str:
    """HTML's names are used in feeds that declare none of them."""
    name = entity.group(1)
    return entity.group(0) if name in _OWN else html5.get(f"{name};", entity.group(0))
