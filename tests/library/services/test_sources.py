"""Adding a source: what is checked, and what is found out about an address first."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests.library.factories import make_channel, make_source
from tests.people.factories import make_viewer
from wellspring.engine.errors import DiscoveryError
from wellspring.engine.records import SourceKind
from wellspring.library.models import Channel, Reuse, Source
from wellspring.library.services.sources import (
    NoSuchChannel,
    NoSuchSource,
    SourceExists,
    WrongInterval,
    add_source,
    channel_named,
    source_named,
)
from wellspring.people.viewer import INSTALLATION

pytestmark = pytest.mark.django_db

URL = "https://news.example.com/feed.xml"


def add(**changes: object) -> Source:
    fields: dict[str, object] = {"actor": INSTALLATION, "url": URL, "name": "柳湾网", "kind": SourceKind.FEED}
    return add_source(**{**fields, **changes})  # type: ignore[arg-type]  # a test states only what it is about


def test_the_first_source_makes_the_default_channel() -> None:
    source = add()
    assert source.channel.name == "国内"
    assert source.reuse == Reuse.UNKNOWN
    assert add(url=URL + "?2", name="东篱时报").channel == source.channel
    assert Channel.objects.count() == 1


def test_a_known_address_or_name_is_refused_by_name() -> None:
    add()
    with pytest.raises(SourceExists, match="柳湾网"):
        add(name="another")
    with pytest.raises(SourceExists, match="柳湾网"):
        add(url=URL + "?2")


def test_a_pattern_that_cannot_be_used_and_wrong_times_are_refused() -> None:
    with pytest.raises(DiscoveryError):
        add(pattern="(")
    with pytest.raises(WrongInterval):
        add(interval_minutes=0)
    with pytest.raises(WrongInterval):
        add(delay=float("nan"))


def test_only_who_may_adds_a_source() -> None:
    with pytest.raises(PermissionDenied):
        add(actor=make_viewer("worker"))
    assert add(actor=make_viewer("archivist"))


def test_channels_and_sources_are_found_by_what_people_type() -> None:
    channel = make_channel("local", "社区", "Local")
    assert channel_named("local") == channel_named("社区") == channel_named("Local") == channel
    with pytest.raises(NoSuchChannel, match="local"):
        channel_named("world")
    source = make_source("柳湾网")
    assert source_named("柳湾网") == source_named(source.url) == source_named(str(source.pk)) == source
    with pytest.raises(NoSuchSource, match="source list"):
        source_named("九九九")
