"""Changing a source on the desk: its settings, pausing, visiting now, retiring; each with its line in the audit."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.errors import DomainError
from wellspring.core.meanwhile import ChangedMeanwhile, Difference
from wellspring.library.models import Channel, Reuse, Source
from wellspring.library.services.sources import check_rhythm, check_unique
from wellspring.library.services.visits import make_due
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor


class SourceRetired(DomainError):
    code = "source_retired"


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """Everything about a source that the desk can change."""

    name: str
    channel: Channel
    reuse: Reuse
    pattern: str
    interval_minutes: int
    delay_seconds: float | None
    """None: the installation's own."""
    language: str


def settings_of(source: Source) -> SourceSettings:
    """The settings as they stand."""
    return SourceSettings(
        name=source.name,
        channel=source.channel,
        reuse=Reuse(source.reuse),
        pattern=source.pattern,
        interval_minutes=source.interval_minutes,
        delay_seconds=source.delay_seconds,
        language=source.language,
    )


def change_source(*, actor: Actor, source_id: int, version: int, wanted: SourceSettings) -> Source:
    """Save the settings; what may be shown changes on every page with the commit.

    `version`: the one that the form was filled from. Raises PermissionDenied, Source.DoesNotExist, ChangedMeanwhile,
    SourceExists, WrongInterval, and DiscoveryError for a pattern that cannot be used.
    """
    actor.require(Permission.MANAGE_SOURCES)
    check_rhythm(pattern=wanted.pattern, interval_minutes=wanted.interval_minutes, delay=wanted.delay_seconds)
    with transaction.atomic():
        source = _locked(source_id)
        changed = _changed(source, wanted)
        if source.version != version and changed:
            raise ChangedMeanwhile(version=source.version, differences=_differences(source, wanted, changed))
        check_unique(url=source.url, name=wanted.name, but=source.pk)
        if not changed:
            return source
        if wanted.interval_minutes < source.interval_minutes:
            soon = timezone.now() + timedelta(minutes=wanted.interval_minutes)
            source.next_visit_at = min(source.next_visit_at, soon)
        before = settings_of(source)
        for name in changed:
            setattr(source, name, getattr(wanted, name))
        source.version += 1
        source.save()
        changes = {name: [getattr(before, name), getattr(wanted, name)] for name in changed}
        audit.record(
            "library.source_changed", actor=actor.user, on=source, data={"name": source.name, "changes": changes}
        )
    return source


def pause_source(*, actor: Actor, source: Source) -> None:
    """Visit it no more until it is resumed. Raises PermissionDenied."""
    _set_active(actor, source, active=False, action="library.source_paused")


def resume_source(*, actor: Actor, source: Source) -> None:
    """Visit it again, the first time at once. Raises PermissionDenied."""
    _set_active(actor, source, active=True, action="library.source_resumed")


def visit_source_now(*, actor: Actor, source: Source) -> None:
    """Let the crawler come by within a minute. Raises PermissionDenied, SourceRetired for one that is not visited."""
    actor.require(Permission.MANAGE_SOURCES)
    if not source.active:
        raise SourceRetired(_("“%(name)s” is paused. Resume it first.") % {"name": source.name})
    with transaction.atomic():
        make_due(source.pk)
        audit.record("library.source_visit_asked", actor=actor.user, on=source, data={"name": source.name})


def retire_source(*, actor: Actor, source: Source) -> None:
    """Visit and list it no more; its captures and reports stay, and it can be brought back. Raises PermissionDenied."""
    actor.require(Permission.MANAGE_SOURCES)
    with transaction.atomic():
        retired = Source.objects.filter(pk=source.pk, retired_at=None).update(
            retired_at=timezone.now(), active=False, version=F("version") + 1
        )
        if retired:
            audit.record("library.source_retired", actor=actor.user, on=source, data={"name": source.name})


def restore_source(*, actor: Actor, source: Source) -> None:
    """Bring a retired source back; it is visited again, the first time at once. Raises PermissionDenied."""
    actor.require(Permission.MANAGE_SOURCES)
    with transaction.atomic():
        restored = Source.objects.filter(pk=source.pk, retired_at__isnull=False).update(
            retired_at=None, active=True, next_visit_at=timezone.now(), version=F("version") + 1
        )
        if restored:
            audit.record("library.source_restored", actor=actor.user, on=source, data={"name": source.name})


def _set_active(actor: Actor, source: Source, *, active: bool, action: str) -> None:
    actor.require(Permission.MANAGE_SOURCES)
    with transaction.atomic():
        changes: dict[str, Any] = {"active": active, "version": F("version") + 1}
        if active:
            changes["next_visit_at"] = timezone.now()
        if Source.objects.filter(pk=source.pk, active=not active, retired_at=None).update(**changes):
            audit.record(action, actor=actor.user, on=source, data={"name": source.name})


def _locked(source_id: int) -> Source:
    return Source.objects.select_for_update(of=("self",)).select_related("channel").get(pk=source_id)


def _changed(source: Source, wanted: SourceSettings) -> list[str]:
    standing = settings_of(source)
    names = [field.name for field in fields(SourceSettings)]
    return [name for name in names if getattr(standing, name) != getattr(wanted, name)]


def _differences(source: Source, wanted: SourceSettings, changed: list[str]) -> list[Difference]:
    standing = settings_of(source)
    return [
        Difference(
            label=str(Source._meta.get_field(name).verbose_name),  # type: ignore[union-attr]  # plain fields only
            now=_told(getattr(standing, name)),
            wanted=_told(getattr(wanted, name)),
        )
        for name in changed
    ]


def _told(value: object) -> str:
    if isinstance(value, Reuse):
        return str(value.label)
    return "–" if value in ("", None) else str(value)
