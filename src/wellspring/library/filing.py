"""How a news record becomes the fields of a snapshot: cut to size, cleaned, filed in a channel."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from wellspring.engine.records import BlockType, NewsRecord
from wellspring.library.models import Channel, Source

EXCERPT_LENGTH = 90
MOST_PICTURES = 30
_LONGEST = {
    "title": 300,
    "source_name": 100,
    "editor": 60,
    "reprinted_from": 100,
    "column_name": 60,
    "language": 10,
}
_MOST_AUTHORS = 20
_LONGEST_AUTHOR = 60
_TITLE_FROM_BODY = 40
_CLOCKS_APART = timedelta(days=1)


def snapshot_fields(record: NewsRecord, *, captured_at: datetime) -> dict[str, Any]:
    """Values of a snapshot's own columns. What had to be cut says so in its evidence, with the whole text."""
    data = clean(record.as_json())
    evidence: dict[str, dict[str, Any]] = dict(data["evidence"])
    fields: dict[str, Any] = {"body": data["body"], "captured_at": captured_at}
    for name, longest in _LONGEST.items():
        value = data[name] or ""
        if len(value) > longest:
            evidence[name] = {**evidence.get(name, {}), "whole": value[:2000]}
        fields[name] = cut(value, longest)
    fields["authors"] = [cut(author, _LONGEST_AUTHOR) for author in data["authors"][:_MOST_AUTHORS]]
    opening = opening_text(data["body"])
    fields["excerpt"] = cut(opening, EXCERPT_LENGTH)
    if not fields["title"]:
        # A page without a title still needs a name in lists; the evidence says that it is not its own.
        fields["title"] = cut(opening, _TITLE_FROM_BODY) or "—"
        evidence["title"] = {"rule": "opening words", "from": "body"}
    published = record.published_at if record.published_at and record.published_at.year >= 1900 else None
    fields["published_at"] = published
    fields["published_precision"] = record.published_precision.value if published and record.published_precision else ""
    fields["dated_at"] = dated(published, captured_at)
    fields["evidence"] = evidence
    return fields


def dated(published: datetime | None, captured_at: datetime) -> datetime:
    """What lists are ordered by. A page may claim to be from the future; it does not stay on top for that."""
    return published if published is not None and published <= captured_at + _CLOCKS_APART else captured_at


def pictures_in(body: list[dict[str, str]]) -> list[tuple[str, str]]:
    """Address and caption of each picture in the body that can be fetched, each address once, in reading order."""
    found: dict[str, str] = {}
    for block in body:
        src = block.get("src") or ""
        if block["type"] == BlockType.IMAGE.value and src.startswith(("http://", "https://")) and len(src) <= 2000:
            found.setdefault(src, cut(block.get("caption") or "", 300))
    return list(found.items())[:MOST_PICTURES]


def opening_text(body: list[dict[str, str]]) -> str:
    """The first paragraphs as one line, long enough for an excerpt."""
    text = ""
    for block in body:
        if block["type"] in (BlockType.P.value, BlockType.QUOTE.value, BlockType.LI.value):
            text = f"{text} {' '.join(block.get('text', '').split())}".strip()
            if len(text) > EXCERPT_LENGTH:
                break
    return text


def full_text(fields: Mapping[str, Any]) -> str:
    """Title and body as one text, for finding topics."""
    return "\n".join([fields["title"], *(block.get("text", "") for block in fields["body"])])


def channel_for(column_name: str, source: Source | None) -> Channel:
    """The channel that claims the page's own column, else the source's, else the general one."""
    wanted = _folded(column_name)
    if wanted:
        for channel in Channel.objects.filter(merged_into=None):
            if wanted in {_folded(name) for name in (channel.name, *map(str, channel.column_names))}:
                return channel
    if source is not None:
        return source.channel.merged_into or source.channel
    return general_channel()


def general_channel() -> Channel:
    """Where pages are filed that no source and no column name speaks for; made when first needed."""
    channel, _ = Channel.objects.get_or_create(
        slug="general", defaults={"name": "综合", "name_en": "General", "position": 999}
    )
    return channel.merged_into or channel


def cut(text: str, most: int) -> str:
    """At most so many characters, an ellipsis last where something is missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def clean(value: Any) -> Any:
    """The value without what a database refuses in text: NUL characters and halves of surrogate pairs."""
    if isinstance(value, str):
        if "\x00" in value:
            value = value.replace("\x00", "")
        return value if value.isprintable() else value.encode("utf-8", "ignore").decode()
    if isinstance(value, list | tuple):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    return value


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())
