"""`wellspring demo`: serve the sample news sites, start the demo anew, or leave it for good."""

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
    """The demo: sample news sites on this computer, a way to start anew, and the way out of it."""


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


@command.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@data_option
def leave(yes: bool) -> None:
    """Take the demo's people, sources and reports away for good; what you entered yourself stays."""
    from django.conf import settings
    from django.utils.translation import gettext

    from wellspring.cli.setup import as_typed
    from wellspring.core.errors import DomainError
    from wellspring.demo.leaving import leave_demo, what_goes
    from wellspring.people.queries.administrators import administrators

    try:
        going = what_goes()
        click.echo(
            gettext(
                "Leaving the demo in %(folder)s takes away, for good: %(people)s demo people, %(sources)s sample "
                "sources and %(snapshots)s reports captured from them. People, sources and reports that you added "
                "yourself stay; so do the captured bytes in the archive."
            )
            % {
                "folder": settings.ENVIRONMENT.data,
                "people": going.people,
                "sources": going.sources,
                "snapshots": going.snapshots,
            }
        )
        if not yes:
            click.confirm(gettext("Leave the demo?"), abort=True)
        leave_demo()
    except DomainError as error:
        raise click.ClickException(error.message) from None
    left = sorted({member.user.get_full_name() for member in administrators()})
    if left:
        click.echo(
            gettext("Administrators who were added during the demo and stay: %(names)s. Do you know them all?")
            % {"names": ", ".join(left)}
        )
    click.echo(
        gettext("The demo is gone. The first administrator: %(command)s")
        % {"command": as_typed(f"admin {gettext('NAME')}")}
    )
