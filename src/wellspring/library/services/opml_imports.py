"""A list of sources brought as an OPML file: sorted into known and new, the new ones tried, the chosen ones saved."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from wellspring.core import audit
from wellspring.core.errors import DomainError
from wellspring.engine.errors import EngineError
from wellspring.engine.fetch.urls import parse_url
from wellspring.library.models import OpmlImport, Reuse, Source, SourceTrial
from wellspring.library.opml import OpmlLine, read_opml
from wellspring.library.queries.lists import channels
from wellspring.library.services.source_changes import SourceSettings
from wellspring.library.services.sources import default_channel
from wellspring.library.services.trials import save_trial, start_trial
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor


def start_opml_import(*, actor: Actor, content: bytes, file_name: str) -> OpmlImport:
    """Nothing is saved as a source yet: known ones are listed, new ones are tried in the background.

    Raises PermissionDenied, OpmlUnreadable.
    """
    actor.require(Permission.MANAGE_SOURCES)
    lines = read_opml(content)
    with transaction.atomic():
        brought = OpmlImport.objects.create(asked_by=actor.user, file_name=file_name[:120])
        known = dict(Source.objects.values_list("url", "pk"))
        for line in lines:
            _sort(actor, brought, line, known)
        brought.save()
        audit.record("library.opml_brought", actor=actor.user, on=brought, data={"count": len(lines)})
    return brought


def save_chosen(*, actor: Actor, brought: OpmlImport, chosen: Collection[int]) -> tuple[list[Source], list[str]]:
    """Make sources of the chosen trials that found something; those saved, and what was told about the others.

    Raises PermissionDenied.
    """
    actor.require(Permission.MANAGE_SOURCES)
    saved, told = [], []
    trials = brought.trials.filter(pk__in=chosen, source=None, finished_at__isnull=False).exclude(kind="")
    for trial in trials:
        try:
            saved.append(save_trial(actor=actor, trial=trial, settings=_settings(trial)))
        except DomainError as error:
            told.append(f"{trial.wishes.get('name') or trial.url}: {error.message}")
        except EngineError as error:
            told.append(f"{trial.wishes.get('name') or trial.url}: {error}")
    return saved, told


def _sort(actor: Actor, brought: OpmlImport, line: OpmlLine, known: dict[str, int]) -> None:
    try:
        url = parse_url(line.url if "://" in line.url else f"https://{line.url}").url
        if url in known or line.url in known:
            brought.known.append([line.name or url, known.get(url) or known[line.url]])
            return
        pattern = line.wishes.get("pattern", "")
        start_trial(actor=actor, url=url, pattern=pattern, opml=brought, wishes=line.wishes)
    except EngineError as error:
        brought.unusable.append([line.name, line.url[:300], error.message, {**error.data, "url": line.url[:300]}])


def _settings(trial: SourceTrial) -> SourceSettings:
    wishes = trial.wishes
    return SourceSettings(
        name=wishes.get("name") or trial.name,
        channel=channels().filter(slug=wishes.get("channel", "")).first() or default_channel(),
        reuse=Reuse(wishes.get("reuse", Reuse.UNKNOWN)),
        pattern=trial.pattern,
        interval_minutes=wishes.get("interval_minutes", 60),
        delay_seconds=wishes.get("delay_seconds"),
        language=wishes.get("language", ""),
    )
