"""`wellspring demo`: serve the sample news sites, or start the demo anew."""

from __future__ import annotations

import click

from wellspring.cli.setup import data_option
from wellspring.demo.site.outlets import BASE_PORT, OUTLETS

_base_port = click.option(
    "--base-port",
    type=click.IntRange(1024, 65535 - len(OUTLETS)),
    default=BASE_PORT,
    show_default=True,
    help="First port of the sample news sites; they stand on consecutive ports.",
)


@click.group()
def command() -> None:
    """The demo: sample news sites on this computer, and a way to start anew."""


@command.command()
@_base_port
@data_option
def serve(base_port: int) -> None:
    """Serve the sample news sites on 127.0.0.1 until Ctrl-C."""
    from django.conf import settings

    from wellspring.demo.site.serve import serve as serve_sites

    serve_sites(settings.ENVIRONMENT.data, base_port, say=click.echo)


@command.command()
@_base_port
@click.option("--yes", is_flag=True, help="Do not ask.")
@data_option
def reset(base_port: int, yes: bool) -> None:
    """Remove everything that the demo collected, and begin again."""
    from django.conf import settings
    from django.utils.translation import gettext

    from wellspring.core.errors import DomainError
    from wellspring.demo.reset import reset_demo

    question = gettext("Delete all snapshots, captures and the archive in %(folder)s, and begin the demo again?")
    if not yes:
        click.confirm(question % {"folder": settings.ENVIRONMENT.data}, abort=True)
    try:
        reset_demo(base_port=base_port)
    except DomainError as error:
        raise click.ClickException(error.message) from None
    click.echo(gettext("The demo is empty again. `wellspring up` fills it."))
