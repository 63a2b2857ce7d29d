"""`wellspring web`: the web server alone, as `wellspring up` starts it."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from typing import Any

import click

from wellspring.cli.setup import data_option

THREADS = 4
"""Threads that run the application, per worker process: each holds a database connection."""
WAITING = 256
"""Requests a worker takes in at once; more wait in the kernel's queue instead of in our memory."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@data_option
def command(host: str, port: int) -> None:
    """Serve the pages. WELLSPRING_WEB_WORKERS says with how many processes."""
    from django.conf import settings

    from wellspring.cli.prepare import prepare

    check_address(host, port)
    prepare()
    serve(host, port, workers=settings.ENVIRONMENT.web_workers)


def check_address(host: str, port: int) -> None:
    """Raise click.ClickException where nothing can listen on host and port, saying what to do."""
    from django.utils.translation import gettext

    data = {"host": host, "port": port, "other": port + 1 if port < 65535 else port - 1}
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except socket.gaierror:
        raise click.ClickException(
            gettext("--host %(host)s is no address of this machine; 127.0.0.1 serves this machine only, 0.0.0.0 all.")
            % data
        ) from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            told = gettext(
                "Port %(port)s on %(host)s is taken by another program. Stop that one, or choose another port: "
                "--port %(other)s"
            )
        elif error.errno == errno.EACCES:
            told = gettext("Port %(port)s needs more rights than this user has. Choose one above 1023: --port 8000")
        else:
            told = gettext("Nothing can listen on %(host)s port %(port)s: %(detail)s")
        raise click.ClickException(told % {**data, "detail": error.strerror}) from None


def serve(host: str, port: int, *, workers: int) -> None:
    """Serve until SIGTERM or SIGINT."""
    from django.conf import settings
    from django.db import connections
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    connections.close_all()  # the workers are forks of this process and must not share one
    os.environ["WELLSPRING_WEB_PARENT"] = str(os.getpid())
    Granian(
        f"{__name__}:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=THREADS,
        backlog=1024,
        backpressure=WAITING,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=6,
        log_level=LogLevels.warning,
        log_dictconfig=settings.LOGGING,
    ).serve()


def application() -> Callable[..., Any]:
    """The WSGI application of one worker process, which ends with the server that started it."""
    from wellspring.cli.leash import end_with_parent

    end_with_parent(int(os.environ["WELLSPRING_WEB_PARENT"]))
    from wellspring.config.wsgi import application

    return application
