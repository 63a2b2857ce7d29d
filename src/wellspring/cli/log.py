"""`wellspring log`: the capture log by hand: how far it is, a checkpoint now, a new key."""

from __future__ import annotations

import click
from django.utils.translation import gettext

from wellspring.cli.setup import data_option


@click.group("log")
def command() -> None:
    """The capture log: how far it is, a checkpoint now, a new key."""


@command.command()
@data_option
def status() -> None:
    """Size of the log, its last checkpoint, its keys."""
    from wellspring.library.queries.log import latest_checkpoint, log_size, public_keys

    last = latest_checkpoint()
    click.echo(gettext("Captures in the log: %(count)s") % {"count": log_size()})
    click.echo(last.note if last else gettext("No checkpoint was signed yet."))
    click.echo(public_keys(), nl=False)


@command.command()
@data_option
def checkpoint() -> None:
    """Enter what waits, sign a checkpoint now and print it."""
    from wellspring.library.services.log_checkpoints import sign_checkpoint
    from wellspring.library.services.log_leaves import append_leaves

    while append_leaves():
        pass
    click.echo(sign_checkpoint().note, nl=False)


@command.command("rotate-key")
@click.option("--lost", is_flag=True, help="The old key is gone: begin with a new one that nobody vouches for.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@data_option
def rotate_key_command(lost: bool, yes: bool) -> None:
    """Let a new key take over; the old one signs that, and both stay listed on /log/key."""
    from wellspring.library.services.log_checkpoints import rotate_key
    from wellspring.people.viewer import INSTALLATION

    if lost and not yes:
        click.confirm(
            gettext(
                "Whoever trusts the old key has to be told the new one by another way. Is the old key gone for good?"
            ),
            abort=True,
        )
    click.echo(rotate_key(actor=INSTALLATION, lost=lost).verifier)
