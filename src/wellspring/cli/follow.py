"""`wellspring follow`: keep the search index up to date."""

from __future__ import annotations

import signal
import threading

import click

from wellspring.cli.setup import data_option


@click.command()
@data_option
def command() -> None:
    """Keep this host's search index up to date, until Ctrl-C."""
    from django.conf import settings

    from wellspring.core.follower import follow

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    follow(settings.ENVIRONMENT.index, stop)
