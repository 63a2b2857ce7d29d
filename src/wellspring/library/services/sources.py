"""Adding sources and the channel that they file their reports in."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.errors import DomainError
from wellspring.engine.fetch.discover import narrowed
from wellspring.engine.records import SourceKind
from wellspring.library.models import Channel, Reuse, Source
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor

DEFAULT_CHANNEL = {"slug": "domestic", "name": "国内", "name_en": "Domestic"}
SHORTEST_INTERVAL = 1


class SourceExists(DomainError):
    code = "source_exists"


class NoSuchChannel(DomainError):
    code = "no_such_channel"


class NoSuchSource(DomainError):
    code = "no_such_source"


class WrongInterval(DomainError):
    code = "wrong_interval"


def add_source(
    *,
    actor: Actor,
    url: str,
    name: str,
    kind: SourceKind,
    channel: Channel | None = None,
    reuse: Reuse = Reuse.UNKNOWN,
    pattern: str = "",
    interval_minutes: int = 60,
    delay: float | None = None,
    language: str = "",
) -> Source:
    """A new source, due at once; filed in the default channel where none is given.

    `delay`: seconds between requests, None for the installation's own. Raises PermissionDenied, SourceExists,
    WrongInterval, and DiscoveryError for a pattern that cannot be used.
    """
    actor.require(Permission.MANAGE_SOURCES)
    check_rhythm(pattern=pattern, interval_minutes=interval_minutes, delay=delay)
    name = " ".join(name.split())[:80]
    with transaction.atomic():
        check_unique(url=url, name=name)
        source = Source.objects.create(
            url=url,
            name=name,
            kind=kind.value,
            channel=channel or default_channel(),
            reuse=reuse,
            pattern=pattern,
            interval_minutes=interval_minutes,
            delay_seconds=delay,
            language=language,
        )
        audit.record("library.source_added", actor=actor.user, on=source, data={"name": source.name})
    return source


def check_rhythm(*, pattern: str, interval_minutes: int, delay: float | None) -> None:
    """Raises WrongInterval, and DiscoveryError for a pattern that cannot be used."""
    narrowed((), pattern)
    if interval_minutes < SHORTEST_INTERVAL or (delay is not None and not 0 <= delay < 86_400):
        raise WrongInterval(_("Visit a source at most once a minute, and wait between 0 and 86400 seconds."))


def check_unique(*, url: str, name: str, but: int | None = None) -> None:
    """Raises SourceExists where another source than `but` has this address or name."""
    others = Source.objects.exclude(pk=but or 0)
    if known := others.filter(url=url).first():
        if known.retired_at:
            told = _("%(url)s was a source once, named “%(name)s”, and is retired. Bring it back instead.")
        else:
            told = _("%(url)s is a source already, named “%(name)s”.")
        raise SourceExists(told % {"url": url, "name": known.name})
    if others.filter(name=name).exists():
        raise SourceExists(_("There is a source named “%(name)s” already. Give another name.") % {"name": name})


def default_channel() -> Channel:
    """The first channel; 国内 is made where there is none."""
    return Channel.objects.filter(merged_into=None).first() or Channel.objects.create(**DEFAULT_CHANNEL)


def channel_named(word: str) -> Channel:
    """The channel of this slug or name. Raises NoSuchChannel that lists those there are."""
    for channel in (channels := list(Channel.objects.filter(merged_into=None))):
        if word in (channel.slug, channel.name, channel.name_en):
            return channel
    known = ", ".join(f"{channel.slug} ({channel.name})" for channel in channels) or "–"
    raise NoSuchChannel(_("There is no channel “%(word)s”. Channels: %(known)s") % {"word": word, "known": known})


def source_named(word: str) -> Source:
    """The source of this name, address or number. Raises NoSuchSource."""
    source = Source.objects.filter(name=word).first() or Source.objects.filter(url=word).first()
    if source is None and word.isdecimal():
        source = Source.objects.filter(pk=int(word)).first()
    if source is None:
        raise NoSuchSource(
            _("There is no source “%(word)s”. `wellspring source list` shows all of them.") % {"word": word}
        )
    return source
