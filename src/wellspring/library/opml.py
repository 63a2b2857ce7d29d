"""OPML 2.0: a list of sources as other programs know it, read with care and written with what ours know besides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from lxml import etree

from wellspring.core.errors import DomainError
from wellspring.engine.records import SourceKind
from wellspring.library.models import Reuse, Source

MOST_BYTES = 1_000_000
MOST_LINES = 1_000
NAMESPACE = "urn:wellspring:opml"
_OURS = f"{{{NAMESPACE}}}"


class OpmlUnreadable(DomainError):
    code = "opml_unreadable"


@dataclass(frozen=True, slots=True)
class OpmlLine:
    """One source of the file."""

    name: str
    url: str
    wishes: dict[str, Any] = field(default_factory=dict)
    """What the line says about the source to be, as far as it can be used."""


def read_opml(content: bytes) -> list[OpmlLine]:
    """The sources of an OPML file, each address once, in its order; folders are gone through.

    No entity of the file is resolved and nothing is fetched. Raises OpmlUnreadable that says what is wrong.
    """
    if len(content) > MOST_BYTES:
        raise OpmlUnreadable(_("The file is larger than 1 MB. Split it into smaller ones."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        detail = str(problem).splitlines()[0][:200] if str(problem) else ""
        raise OpmlUnreadable(_("This is no OPML file that can be read: %(detail)s") % {"detail": detail}) from None
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _entity in dtd.iterentities()):
        raise OpmlUnreadable(_("The file defines entities of its own and is not read. Export it anew."))
    if not isinstance(root.tag, str) or etree.QName(root).localname.lower() != "opml":
        raise OpmlUnreadable(_("This is no OPML file: its outermost element is no <opml>. Export it as OPML."))
    lines: dict[str, OpmlLine] = {}
    for outline in root.iter("outline"):
        url = (outline.get("xmlUrl") or outline.get("xmlurl") or outline.get("url") or "").strip()
        if url and len(lines) < MOST_LINES:
            name = " ".join((outline.get("title") or outline.get("text") or "").split())
            lines.setdefault(url, OpmlLine(name[:80], url[:2000], _wishes(outline, name)))
    if not lines:
        raise OpmlUnreadable(_("The file lists no sources: no outline in it has an xmlUrl or url."))
    return list(lines.values())


def written_opml(sources: Iterable[Source], *, title: str) -> bytes:
    """The sources as an OPML 2.0 file: feeds as `rss`, sitemaps and list pages as `link`, our settings beside."""
    root = etree.Element("opml", nsmap={"ws": NAMESPACE}, version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _printable(title)
    etree.SubElement(head, "dateCreated").text = timezone.now().strftime("%a, %d %b %Y %H:%M:%S GMT")
    body = etree.SubElement(root, "body")
    for source in sources:
        name = _printable(source.name)
        is_feed = source.kind == SourceKind.FEED
        outline = etree.SubElement(body, "outline", text=name, title=name, type="rss" if is_feed else "link")
        outline.set("xmlUrl" if is_feed else "url", source.url)
        ours = {
            "kind": source.kind,
            "channel": source.channel.slug,
            "reuse": source.reuse,
            "interval": str(source.interval_minutes),
            "delay": "" if source.delay_seconds is None else f"{source.delay_seconds:g}",
            "pattern": source.pattern,
            "language": source.language,
            "paused": "" if source.active else "true",
        }
        for key, value in ours.items():
            if value:
                outline.set(_OURS + key, _printable(value))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _wishes(outline: etree._Element, name: str) -> dict[str, Any]:
    wishes: dict[str, Any] = {"name": name[:80]} if name else {}
    told = {key: (outline.get(_OURS + key) or "").strip() for key in ("channel", "reuse", "language", "pattern")}
    if told["channel"]:
        wishes["channel"] = told["channel"][:60]
    if told["reuse"] in Reuse.values:
        wishes["reuse"] = told["reuse"]
    if told["language"] in ("zh", "en"):
        wishes["language"] = told["language"]
    if told["pattern"]:
        wishes["pattern"] = told["pattern"][:200]
    interval = outline.get(_OURS + "interval") or ""
    if interval.isascii() and interval.isdigit() and 1 <= int(interval[:9]) <= 525_600:
        wishes["interval_minutes"] = int(interval[:9])
    try:
        delay = float(outline.get(_OURS + "delay") or "nan")
    except ValueError:
        delay = -1.0
    if 0 <= delay < 86_400:
        wishes["delay_seconds"] = delay
    return wishes


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(character for character in text if character >= " " or character in "\t\n")
