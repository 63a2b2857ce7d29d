"""Serving the sample sites in the foreground until the process is asked to end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from pathlib import Path

from .outlets import OUTLETS
from .server import SampleSites


def serve(data: Path, base_port: int, *, say: Callable[[str], object]) -> None:
    """Serve until SIGINT or SIGTERM; `say` is told each site's name and address.

    Raises PortTaken, DemoClockUnreadable, ReportUnreadable.
    """
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with SampleSites(data, base_port) as sites:
        for outlet in OUTLETS:
            say(f"{outlet.name} {sites.origins[outlet.slug]}{outlet.entry}")
        ended.wait()
