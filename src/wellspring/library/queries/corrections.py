"""What was set right in a snapshot, as readers, the desk and the API are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext

from wellspring.core.templatetags.components import local_name
from wellspring.engine.records import Precision
from wellspring.library.models import Channel, Correction, Field, Snapshot
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer
from wellspring.topics.models import Topic


@dataclass(frozen=True, slots=True)
class ToldCorrection:
    """A correction in words."""

    correction: Correction
    now: str
    was: str
    """Empty where the page says nothing."""

    @property
    def label(self) -> str:
        """The field's name."""
        return str(Field(self.correction.field).label)


def standing_corrections(snapshot: Snapshot) -> list[Correction]:
    """What stands of this snapshot, in the order of the fields; one query."""
    order = {field.value: place for place, field in enumerate(Field)}
    standing = Correction.objects.filter(snapshot=snapshot, withdrawn_at=None)
    return sorted(standing, key=lambda one: order[one.field])


def corrections_on_the_desk(*, viewer: Viewer) -> QuerySet[Correction]:
    """Every correction, the newest first, withdrawn ones too; none for who may not correct."""
    if not viewer.may(Permission.CORRECT_SNAPSHOTS):
        return Correction.objects.none()
    return Correction.objects.select_related("snapshot", "by", "withdrawn_by").order_by("-at", "-id")


def told_corrections(corrections: Iterable[Correction]) -> list[ToldCorrection]:
    """The corrections in words; at most two queries more, for names of channels and topics."""
    found = list(corrections)
    names = _names(found)
    return [
        ToldCorrection(
            one, told_value(Field(one.field), one.value, names), told_value(Field(one.field), one.was, names)
        )
        for one in found
    ]


def told_value(field: Field, value: Any, names: dict[tuple[Field, int], str] | None = None) -> str:
    """A stored value in words; empty where there is none. Without `names` they are looked up."""
    if field in (Field.CHANNEL, Field.TOPICS):
        ids = value if isinstance(value, list) else [value]
        known = names if names is not None else _named(field, ids)
        return "、".join(known[field, pk] for pk in ids if (field, pk) in known)
    if field is Field.PUBLISHED:
        return _told_time(value)
    return "、".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _told_time(value: dict[str, Any]) -> str:
    if not value.get("at"):
        return ""
    local = timezone.localtime(datetime.fromisoformat(value["at"]))
    style = {
        Precision.DAY.value: pgettext("date format", "j F Y"),
        Precision.SECOND.value: pgettext("date format", "j F Y, H:i:s"),
    }.get(value.get("precision") or "", pgettext("date format", "j F Y, H:i"))
    return date_format(local, style)


def _names(corrections: list[Correction]) -> dict[tuple[Field, int], str]:
    names: dict[tuple[Field, int], str] = {}
    for field in (Field.CHANNEL, Field.TOPICS):
        ids: set[int] = set()
        for one in corrections:
            if one.field == field:
                for value in (one.value, one.was):
                    ids.update(value if isinstance(value, list) else [value])
        names |= _named(field, ids)
    return names


def _named(field: Field, ids: Iterable[int]) -> dict[tuple[Field, int], str]:
    wanted = list(ids)
    if not wanted:
        return {}
    model: type[Channel | Topic] = Channel if field is Field.CHANNEL else Topic
    return {(field, one.pk): local_name(one) for one in model.objects.filter(pk__in=wanted)}
