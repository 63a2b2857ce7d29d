"""Trying an address before it becomes a source: asked for on the desk, run by the worker, saved when it pleases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wellspring.core.errors import DomainError
from wellspring.engine.fetch.discover import narrowed
from wellspring.engine.fetch.urls import parse_url
from wellspring.engine.records import SourceKind
from wellspring.library.desk_tasks import try_address
from wellspring.library.models import OpmlImport, Source, SourceTrial
from wellspring.library.services.source_changes import SourceSettings
from wellspring.library.services.sources import add_source, check_unique
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor

SOON = 10
"""Priority of work that somebody waits for."""


class TrialNotUsable(DomainError):
    code = "trial_not_usable"


def start_trial(
    *,
    actor: Actor,
    url: str,
    pattern: str = "",
    opml: OpmlImport | None = None,
    wishes: Mapping[str, Any] | None = None,
) -> SourceTrial:
    """Ask the worker to look at an address; nothing is fetched here. Without a scheme https is meant.

    Raises PermissionDenied, SourceExists, AddressRefused for what is no web address, DiscoveryError for a pattern that
    cannot be used.
    """
    actor.require(Permission.MANAGE_SOURCES)
    narrowed((), pattern)
    url = parse_url(url if "://" in url else f"https://{url}").url
    check_unique(url=url, name="")
    with transaction.atomic():
        trial = SourceTrial.objects.create(
            url=url, pattern=pattern, asked_by=actor.user, opml=opml, wishes=dict(wishes or {})
        )
        try_address.using(priority=0 if opml else SOON).enqueue(trial.pk)
    return trial


def save_trial(*, actor: Actor, trial: SourceTrial, settings: SourceSettings) -> Source:
    """Make a tried address a source. Raises as `add_source` does, and TrialNotUsable where nothing was found there."""
    actor.require(Permission.MANAGE_SOURCES)
    if not trial.kind:
        raise TrialNotUsable(_("Nothing was found at this address that could be visited. Try another one."))
    with transaction.atomic():
        locked = SourceTrial.objects.select_for_update().get(pk=trial.pk)
        if locked.source_id is not None:
            raise TrialNotUsable(_("This address has been saved as a source already."))
        source = add_source(
            actor=actor,
            url=trial.final_url,
            name=settings.name,
            kind=SourceKind(trial.kind),
            channel=settings.channel,
            reuse=settings.reuse,
            pattern=settings.pattern,
            interval_minutes=settings.interval_minutes,
            delay=settings.delay_seconds,
            language=settings.language,
        )
        locked.source = source
        locked.save(update_fields=["source"])
    return source
