"""What `wellspring up` says once there is something to see, and how it knows."""

from __future__ import annotations

import http.client
import unicodedata
from collections.abc import Iterator

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils.translation import gettext

from wellspring.cli.setup import as_typed

ENOUGH = 6
"""Snapshots that make a library worth looking at."""


def reachable_host(host: str) -> str:
    """An address by which this machine itself reaches what listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104  # compared, not bound


def web_answers(host: str, port: int) -> bool:
    """Whether /healthz answers 200."""
    asked = http.client.HTTPConnection(reachable_host(host), port, timeout=5)
    try:
        asked.request(
            "GET", "/healthz", headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")}
        )
        return asked.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def first_snapshots(demo: bool) -> bool:
    """Whether the demo's first reports have been crawled and read; a real installation need not wait for any."""
    from wellspring.library.models import Snapshot

    if not demo:
        return True
    close_old_connections()
    try:
        return Snapshot.objects.filter(is_latest=True)[:ENOUGH].count() >= ENOUGH
    finally:
        connection.close()


def welcome(host: str, port: int, demo: bool) -> Iterator[str]:
    """A box: where to look, who may sign in, how to stop."""
    shown = reachable_host(host)
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"
    rows = [gettext("Wellspring is running"), "", f"{gettext('Look here:')}  {address}"]
    if demo:
        people = _one_click_people()
        if people:
            rows.append(f"{gettext('Sign in with one click, at this computer only:')}  {address}demo/people/")
            rows.append(gettext("as %(names)s") % {"names": gettext(", ").join(people)})
        rows.append(gettext("The reports were crawled a moment ago from sample news sites on this machine."))
        rows.append("")
        rows.append(
            gettext("To use it in earnest, stop it (Ctrl-C), then: %(command)s") % {"command": as_typed("demo leave")}
        )
    else:
        rows.append(gettext("The first administrator: %(command)s") % {"command": as_typed(f"admin {gettext('NAME')}")})
        rows.append(gettext("Then sign in at:  %(address)s") % {"address": f"{address}sign-in/"})
        rows.append(
            gettext("The first source: %(command)s") % {"command": as_typed(f"source add {gettext('ADDRESS')}")}
        )
    rows.append(gettext("Ctrl-C stops everything."))
    width = max(map(_columns, rows))
    yield "┌" + "─" * (width + 4) + "┐"
    for row in rows:
        yield "│  " + row + " " * (width - _columns(row)) + "  │"
    yield "└" + "─" * (width + 4) + "┘"


def _one_click_people() -> list[str]:
    """Names of those whom one may sign in as by one click; the database was just asked, and is asked again."""
    from wellspring.demo.community import demo_people

    close_old_connections()
    try:
        return [resident.name for resident in demo_people()]
    finally:
        connection.close()


def _columns(text: str) -> int:
    """Terminal columns: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
