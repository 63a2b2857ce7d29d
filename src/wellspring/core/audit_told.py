"""The audit trail in words: what an entry says, and the entries about one object."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import gettext

from wellspring.core.errors import told_stored
from wellspring.core.models import AuditEntry
from wellspring.core.registry import actions, audit_subjects
from wellspring.engine.errors import marked

MOST_IN_A_TIMELINE = 200
WITHOUT_A_NAME = (marked("parent"),)
"""Fields that change and have no translated name of their own."""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as a reader sees it."""

    entry: AuditEntry
    at: datetime
    who: str
    what: str
    about: str = ""
    """What the object is called; empty where the sentence says it or nobody knows."""
    address: str = ""
    """Of the object's page."""


def told(entry: AuditEntry) -> str:
    """What was done, in the active language, with what changed behind it."""
    action = actions().get(entry.action)
    sentence = told_stored(action.sentence, entry.data) if action else entry.action
    changes = told_changes(entry)
    return gettext("%(what)s (%(changes)s)") % {"what": sentence, "changes": changes} if changes else sentence


def told_changes(entry: AuditEntry) -> str:
    """The fields that changed, with before and after where the entry has them; empty for none."""
    changes = entry.data.get("changes")
    if isinstance(changes, dict):
        return "; ".join(_change(entry, name, values) for name, values in changes.items())
    names = entry.data.get("changed") or entry.data.get("fields")
    if isinstance(names, list):
        return ", ".join(_label(entry, str(name)) for name in names)
    return ""


def who(entry: AuditEntry) -> str:
    """The name of who did it; the system's for commands, crawler and worker."""
    return entry.actor.get_full_name() if entry.actor else gettext("the system")


def entries_about(thing: models.Model) -> list[AuditEntry]:
    """The newest entries about this object, newest first, at most one more than a timeline shows."""
    about = AuditEntry.objects.filter(object_type=thing._meta.label_lower, object_id=thing.pk)
    return list(about.select_related("actor").order_by("-number")[: MOST_IN_A_TIMELINE + 1])


def told_with_objects(entries: Iterable[AuditEntry]) -> list[Told]:
    """Entries with the names and pages of what they are about: one query for each kind of object."""
    entries = list(entries)
    ids: dict[str, set[int]] = {}
    for entry in entries:
        if entry.object_id is not None:
            ids.setdefault(entry.object_type, set()).add(entry.object_id)
    known = audit_subjects()
    names = {kind: known[kind].names(sorted(wanted)) for kind, wanted in ids.items() if kind in known}
    rows = []
    for entry in entries:
        about, address = names.get(entry.object_type, {}).get(entry.object_id or 0, ("", ""))
        rows.append(Told(entry, entry.at, who(entry), told(entry), about, address))
    return rows


def action_names() -> list[tuple[str, str]]:
    """Code and sentence of every known action, placeholders as `…`, by code."""
    return [(code, re.sub(r"%\(\w+\)s", "…", gettext(action.sentence))) for code, action in sorted(actions().items())]


def _change(entry: AuditEntry, name: str, values: Any) -> str:
    label = _label(entry, name)
    if not isinstance(values, list) or len(values) != 2:
        return label
    before, after = (_value(value) for value in values)
    return gettext("%(field)s: %(before)s → %(after)s") % {"field": label, "before": before, "after": after}


def _value(value: Any) -> str:
    if value is None or value == "" or value == []:
        return gettext("nothing")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return gettext(value) if isinstance(value, str) else str(value)


def _label(entry: AuditEntry, name: str) -> str:
    try:
        field = apps.get_model(entry.object_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return gettext(name)
    return gettext(force_str(getattr(field, "verbose_name", name)))
