"""`wellspring admin NAME`: the first administrator of a real installation."""

from __future__ import annotations

import sys

import click

from wellspring.cli.setup import data_option

LEVELS = ("city", "district", "subdistrict", "community")


@click.command()
@click.argument("name")
@click.option("--name", "full_name", default="", help="Her name as it stands in lists, such as 沈静.")
@click.option("--org", default="", help="The unit she is to manage; made where there is none yet.")
@click.option("--level", type=click.Choice(LEVELS), default="community", help="Level of a unit that is made.")
@click.option("--yes", is_flag=True, help="Do not ask whether somebody who has an account shall become administrator.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, for scripts.")
@data_option
def command(name: str, full_name: str, org: str, level: str, yes: bool, password_stdin: bool) -> None:
    """Make an administrator who may sign in and manage the whole office.

    NAME is what she signs in with. Somebody who has an account already keeps it, and its password.
    """
    from django.conf import settings
    from django.urls import reverse
    from django.utils.translation import gettext

    from wellspring.core.models import User
    from wellspring.people.services.first_administrator import make_administrator, root_for

    root_for(org)  # a unit that is not clear is told before a password is asked for
    user = User.objects.filter(username=User.normalize_username(name)).first()
    password = ""
    if user is not None:
        _ask_about(user, yes)
    else:
        password = _checked_password(name, full_name, password_stdin)
    made = make_administrator(username=name, full_name=full_name, password=password, org=org, level=level)
    said = gettext("%(name)s may now sign in at %(address)s and is administrator of %(unit)s.")
    address = settings.PUBLIC_URL + reverse("sign_in")
    click.echo(said % {"name": made.user.username, "address": address, "unit": made.unit.name})
    if made.is_new_unit and not org:
        click.echo(
            gettext("The unit got a name of its own; change it at the desk: %(address)s")
            % {"address": settings.PUBLIC_URL + reverse("people:units")}
        )


def _ask_about(user: object, yes: bool) -> None:
    from django.utils.translation import gettext

    question = gettext("%(name)s has an account already. Make her administrator?") % {"name": user}
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.ClickException(question + " " + gettext("In a script, say so with --yes."))
    click.confirm(question, abort=True)


def _checked_password(name: str, full_name: str, from_stdin: bool) -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from wellspring.core.models import User

    user = User(username=User.normalize_username(name), full_name=full_name)
    password = _read_password(from_stdin)
    try:
        user.clean_fields(exclude=["password"])
        validate_password(password, user)
    except ValidationError as wrong:
        raise click.ClickException(" ".join(wrong.messages)) from None
    return password


def _read_password(from_stdin: bool) -> str:
    from django.utils.translation import gettext

    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise click.ClickException(
            gettext("A password is typed at a terminal; in a script, pipe it in and add --password-stdin.")
        )
    return str(click.prompt(gettext("Password"), hide_input=True, confirmation_prompt=gettext("The same again")))
