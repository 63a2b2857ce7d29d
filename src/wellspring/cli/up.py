"""`wellspring up`: prepare everything, start every process, say where to look, and end all of them on Ctrl-C."""

from __future__ import annotations

import asyncio
import fcntl
import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wellspring.cli.setup import set_up_django

if TYPE_CHECKING:
    from wellspring.cli.supervise import Supervisor

PATIENCE = 60.0
"""Seconds until the web server and, in the demo, the first snapshots should be there."""

DEMO_CONTACT = "library@example.org"
"""Whom the demo's pages name for removals, where the installation names nobody: a domain that belongs to no one."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--data", metavar="DIR", help="Data folder (default: WELLSPRING_DATA, or var/).")
@click.option(
    "--demo/--no-demo",
    default=True,
    help="The sample news sites: by default in a new installation, and where they were before.",
)
@click.option(
    "--demo-port",
    default=8711,
    show_default=True,
    type=click.IntRange(1024, 65000),
    help="First port of the sample news sites.",
)
def command(host: str, port: int, data: str | None, demo: bool, demo_port: int) -> None:
    """Start web server, worker, crawler, follower and, in the demo, the sample news sites. Ctrl-C stops all."""
    set_up_django(data, database=False)
    from django.conf import settings

    from wellspring.cli.database import open_database
    from wellspring.cli.prepare import prepare
    from wellspring.cli.supervise import Supervisor
    from wellspring.cli.web import check_address

    folder = settings.ENVIRONMENT.data
    with only_one(folder):
        check_address(host, port)
        open_database()
        prepare()
        demo = settle_demo(demo, demo_port)
        supervisor = Supervisor(environment=child_environment(folder, demo_port if demo else None))
        for line in misunderstandings(host):
            click.echo(line, err=True)
        for name, arguments in children(host, port, demo_port if demo else None):
            supervisor.add(name, arguments)
        asyncio.run(supervisor.run(functools.partial(announce, host, port, demo)))


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the data folder; raise click.ClickException where another `wellspring up` holds it."""
    from django.utils.translation import gettext

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "up.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise click.ClickException(
                gettext(
                    "`wellspring up` already runs on %(folder)s (process %(process)s). Stop that one first, or choose "
                    "another data folder: --data DIR"
                )
                % {"folder": folder, "process": file.read().strip() or "?"}
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def settle_demo(wanted: bool, port: int) -> bool:
    """Whether the demo runs: in a new installation, and in one that has it, unless it is not wanted.

    A new installation has no sources, no captures and nobody to sign in. Where the demo is not wanted, its sources
    are paused, so that the next start leaves it out as well. Once it was left for good, it never runs.
    """
    from wellspring.core.models import User
    from wellspring.demo.community import has_left, load_community
    from wellspring.demo.seed import demo_sources, load_demo, move_demo
    from wellspring.demo.site.server import require_free_ports
    from wellspring.library.models import Capture, Source

    if has_left():
        return False
    if not wanted:
        demo_sources().update(active=False)
        return False
    new = not (Source.objects.exists() or Capture.objects.exists() or User.objects.exists())
    if not new and not demo_sources().filter(active=True).exists():
        return False
    require_free_ports(port, option="--demo-port")
    if new:
        load_demo(base_port=port)
    else:
        move_demo(base_port=port)
        load_community()
    return True


def misunderstandings(host: str) -> Iterator[str]:
    """What the person who starts it probably did not mean."""
    from django.conf import settings
    from django.utils.translation import gettext

    from wellspring.config.environment import unknown_settings

    for name, meant in unknown_settings():
        yield gettext("%(name)s is not a setting and changes nothing; was %(meant)s meant?") % {
            "name": name,
            "meant": meant or "docs/settings.md",
        }
    if host not in {"127.0.0.1", "localhost", "::1"} and {"localhost", "127.0.0.1", "[::1]"} >= set(
        settings.ALLOWED_HOSTS
    ):
        yield gettext(
            "Other machines reach this one by a name or address that WELLSPRING_HOSTS has to list, or they are refused."
        )


def child_environment(folder: Path, demo_port: int | None) -> dict[str, str]:
    """What every child is told."""
    from wellspring.demo.seed import demo_guard_exceptions

    environment = {**os.environ, "WELLSPRING_DATA": str(folder), "PYTHONUNBUFFERED": "1"}
    if demo_port is not None:
        given = os.environ.get("WELLSPRING_GUARD_EXCEPTIONS", "")
        environment["WELLSPRING_DEMO"] = "1"
        if not environment.get("WELLSPRING_CONTACT"):
            environment["WELLSPRING_CONTACT"] = DEMO_CONTACT
        environment["WELLSPRING_GUARD_EXCEPTIONS"] = ",".join(filter(None, [given, demo_guard_exceptions(demo_port)]))
    return environment


def children(host: str, port: int, demo_port: int | None) -> Iterator[tuple[str, list[str]]]:
    """Name and command line of every process."""
    from wellspring.cli.leash import leashed

    if demo_port is not None:
        yield "news", leashed("demo", "serve", "--base-port", str(demo_port))
    yield "web", leashed("web", "--host", host, "--port", str(port))
    yield "worker", leashed("worker")
    yield "follower", leashed("follow")
    yield "crawler", leashed("crawl")


async def announce(host: str, port: int, demo: bool, supervisor: Supervisor) -> None:
    """Wait until there is something to see, then say where."""
    from wellspring.cli.welcome import first_snapshots, web_answers, welcome

    loop = asyncio.get_running_loop()
    start, late = loop.time(), False
    while not (await asyncio.to_thread(web_answers, host, port) and await asyncio.to_thread(first_snapshots, demo)):
        if not late and loop.time() - start > PATIENCE:
            late = True
            from django.utils.translation import gettext

            supervisor.say("", gettext("This takes longer than it should; the lines above may say why."))
        await asyncio.sleep(0.25)
    # In a thread: the database is asked for the demo's people.
    for line in await asyncio.to_thread(lambda: list(welcome(host, port, demo))):
        print(line, flush=True)
