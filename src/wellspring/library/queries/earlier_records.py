"""How a snapshot was read, by which version of the rules and what they read otherwise before, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wellspring.library.models import Correction, Field, Reading, Snapshot
from wellspring.library.queries.corrections import told_value
from wellspring.library.queries.reading import readable_snapshots
from wellspring.library.records import RECORD_FIELDS, record_of
from wellspring.library.services.standing_corrections import as_read
from wellspring.people.viewer import Viewer

_SHOWN_BLOCKS = 6
_SHOWN_TEXT = 300
FIELDS = {
    "title": Field.TITLE.label,
    "published_at": Field.PUBLISHED.label,
    "source_name": Field.SOURCE.label,
    "authors": Field.AUTHORS.label,
    "editor": Field.EDITOR.label,
    "reprinted_from": Field.REPRINTED.label,
    "column_name": gettext_lazy("Column"),
    "language": gettext_lazy("Language"),
    "body": gettext_lazy("Text"),
}
"""What of a record is told, in this order; the precision belongs to the time."""


class FieldChange(NamedTuple):
    label: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class ToldReading:
    """What the rules of one version read."""

    version: int
    """0: not known."""
    read_at: datetime | None
    changes: list[FieldChange]
    """What they read otherwise than the version before them; empty of the first."""
    is_current: bool


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    label: str
    rule: str
    place: str


@dataclass(frozen=True, slots=True)
class ReadingPage:
    snapshot: Snapshot
    reading: Reading | None
    """What the extractor made of the page last: a later version may take it for something else, or not read it."""
    readings: list[ToldReading]
    evidence: list[EvidenceRow]
    """Which rule found each field, and where."""


def reading_page(*, viewer: Viewer, pk: int) -> ReadingPage:
    """How a snapshot was read. Raises Snapshot.DoesNotExist for missing and hidden alike."""
    snapshot = readable_snapshots(viewer=viewer).select_related("channel", "source", "capture__reading").get(pk=pk)
    evidence = [
        EvidenceRow(str(label), str(found.get("rule") or ""), str(found.get("from") or ""))
        for name, label in FIELDS.items()
        if (found := snapshot.evidence.get(name))
    ]
    reading = getattr(snapshot.capture, "reading", None)
    return ReadingPage(snapshot, reading, snapshot_readings(snapshot, whole=snapshot.shows_full_text), evidence)


def snapshot_readings(
    snapshot: Snapshot, *, whole: bool, standing: Sequence[Correction] | None = None
) -> list[ToldReading]:
    """What every version of the rules read that differed, the newest first, without what was set right.

    Two queries, one where the corrections that are `standing` are at hand.
    """
    now = record_of(snapshot.original_url, as_read(snapshot, RECORD_FIELDS, standing))
    return told_readings([(snapshot.extractor_version, snapshot.read_at, now), *_earlier(snapshot)], whole=whole)


def field_label(name: str) -> str:
    """A field's name in words; of `kind` too, which says what a page is taken for."""
    if name == "published_precision":
        name = "published_at"
    return str(FIELDS.get(name, _("What the page is taken for")))


def told_readings(
    versions: Sequence[tuple[int, datetime | None, Mapping[str, Any]]], *, whole: bool
) -> list[ToldReading]:
    """Readings in words, the newest first as `versions` are: version, time, record. `whole`: the text may be shown."""
    told = []
    for place, (version, read_at, record) in enumerate(versions):
        before = versions[place + 1][2] if place + 1 < len(versions) else None
        changes = changes_between(before, record, whole=whole) if before is not None else []
        told.append(ToldReading(version, read_at, changes, is_current=place == 0))
    return told


def changes_between(before: Mapping[str, Any], now: Mapping[str, Any], *, whole: bool) -> list[FieldChange]:
    """The fields of two news records that differ, in words; of the text the passages, or how long it is."""
    changes = []
    for name, field_name in FIELDS.items():
        label = str(field_name)
        if name == "body":
            was, is_now = _told_bodies(before["body"], now["body"], whole=whole)
            label = _("Text, where it differs") if whole else label
        else:
            was, is_now = _told(name, before), _told(name, now)
        if was != is_now:
            changes.append(FieldChange(label, was, is_now))
    return changes


def _earlier(snapshot: Snapshot) -> list[tuple[int, datetime | None, Mapping[str, Any]]]:
    rows = snapshot.earlier_records.order_by("-extractor_version")
    return [(one.extractor_version, one.read_at, one.record) for one in rows]


def _told(name: str, record: Mapping[str, Any]) -> str:
    value = record.get(name)
    if name == "published_at":
        return told_value(Field.PUBLISHED, {"at": value, "precision": record.get("published_precision")})
    return "、".join(value) if isinstance(value, list) else str(value or "")


def _told_bodies(before: list[dict[str, str]], now: list[dict[str, str]], *, whole: bool) -> tuple[str, str]:
    if before == now:
        return "", ""
    if not whole:
        return _length(before), _length(now)
    old, new = [_line(block) for block in before], [_line(block) for block in now]
    gone: list[str] = []
    come: list[str] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += old[i1:i2]
            come += new[j1:j2]
    return _passages(gone), _passages(come)


def _line(block: Mapping[str, str]) -> str:
    text = block.get("text") or block.get("caption") or block.get("src") or ""
    return text if block.get("type") == "p" else f"[{block.get('type', '')}] {text}"


def _passages(lines: list[str]) -> str:
    shown = [line if len(line) <= _SHOWN_TEXT else f"{line[:_SHOWN_TEXT]}…" for line in lines[:_SHOWN_BLOCKS]]
    if (rest := len(lines) - _SHOWN_BLOCKS) > 0:
        shown.append(ngettext("and %(count)s block more", "and %(count)s blocks more", rest) % {"count": rest})
    return "\n".join(shown)


def _length(body: list[dict[str, str]]) -> str:
    count, length = len(body), sum(len(block.get("text", "")) for block in body)
    return _("%(blocks)s blocks, %(length)s characters") % {"blocks": count, "length": length}
