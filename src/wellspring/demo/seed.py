"""What a new demo is filled with: channels and topics, a source for each sample site, the community and its year."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from wellspring.demo.community import load_community
from wellspring.demo.site.outlets import HOST, OUTLETS, origins_from
from wellspring.demo.year.loading import load_year
from wellspring.library.models import Channel, Source
from wellspring.library.services.defaults import load_default_channels
from wellspring.topics.services import load_default_topics

_DELAY = 0.3
"""Seconds between requests to a sample site: it is ours, and nobody wants to wait."""


def load_demo(*, base_port: int) -> None:
    """Load channels, topics, the community with its year, and a source for each sample site.

    What is there stays, but stands on these ports. Not after the demo was left: `community.has_left` is asked before.
    """
    load_default_channels()
    load_default_topics()
    origins = origins_from(base_port)
    channels = {channel.slug: channel for channel in Channel.objects.all()}
    with transaction.atomic():
        move_demo(base_port=base_port)
        fallback = Channel.objects.order_by("position", "id").first()
        assert fallback is not None  # loaded above
        for outlet in OUTLETS:
            Source.objects.get_or_create(
                name=outlet.name,
                defaults={
                    "url": origins[outlet.slug] + outlet.entry,
                    "kind": outlet.kind,
                    "channel": channels.get(outlet.channel, fallback),
                    "reuse": outlet.reuse,
                    "interval_minutes": 1,
                    "delay_seconds": _DELAY,
                },
            )
        load_community()
        load_year()


def move_demo(*, base_port: int) -> None:
    """Let the demo's sources stand on the ports from this one on."""
    origins = origins_from(base_port)
    for outlet in OUTLETS:
        demo_sources().filter(name=outlet.name).update(url=origins[outlet.slug] + outlet.entry)


def demo_sources() -> QuerySet[Source]:
    """The sources that belong to the demo."""
    return Source.objects.filter(name__in=[outlet.name for outlet in OUTLETS], url__startswith=f"http://{HOST}:")


def demo_guard_exceptions(base_port: int) -> str:
    """What WELLSPRING_GUARD_EXCEPTIONS must hold for the crawler to reach the sample sites: exact host:port pairs."""
    return ",".join(origin.removeprefix("http://") for origin in origins_from(base_port).values())
