"""`wellspring reseal`: after the secret key was changed, seal with the new one what the old one sealed."""

from __future__ import annotations

import click

from wellspring.cli.setup import data_option


@click.command()
@data_option
def command() -> None:
    """Seal with the current secret key what an old one sealed: robots' addresses, second factors.

    Give the old keys in WELLSPRING_OLD_SECRET_KEYS; afterwards they can go. Web and worker may run meanwhile.
    """
    from django.utils.translation import gettext as _

    from wellspring.core.sealed import reseal_everything

    said = _("%(count)s texts were sealed anew; nothing is left under an old key.")
    click.echo(said % {"count": reseal_everything()})
