"""`wellspring admin NAME`: the first administrator of a real installation."""

from __future__ import annotations

import sys

import click

from wellspring.cli.setup import data_option


@click.command()
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, for scripts.")
@data_option
def command(name: str, password_stdin: bool) -> None:
    """Make an administrator who may sign in and change everything."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.urls import reverse
    from django.utils.translation import gettext

    from wellspring.core.models import User

    user = User(username=User.normalize_username(name), is_staff=True, is_superuser=True)
    if User.objects.filter(username=user.username).exists():
        raise click.ClickException(
            gettext("There is already somebody called %(name)s. Choose another name, or sign in as %(name)s.")
            % {"name": user.username}
        )
    password = _read_password(password_stdin)
    try:
        user.clean_fields(exclude=["password"])
        validate_password(password, user)
    except ValidationError as wrong:
        raise click.ClickException(" ".join(wrong.messages)) from None
    user.set_password(password)
    user.save()
    from django.conf import settings

    where = settings.PUBLIC_URL + reverse("admin:index")
    click.echo(gettext("%(name)s may now sign in at %(address)s") % {"name": user.username, "address": where})


def _read_password(from_stdin: bool) -> str:
    from django.utils.translation import gettext

    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise click.ClickException(
            gettext("A password is typed at a terminal; in a script, pipe it in and add --password-stdin.")
        )
    return str(click.prompt(gettext("Password"), hide_input=True, confirmation_prompt=gettext("The same again")))
