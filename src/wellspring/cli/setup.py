"""What verbs with a database share: the --data option, Django set up, schema checked."""

from __future__ import annotations

import functools
import os
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

R = TypeVar("R")


def data_option(function: Callable[..., R]) -> Callable[..., R]:
    """Add `--data DIR` and set Django up before the verb runs."""

    @click.option("--data", metavar="DIR", help="Data folder (default: WELLSPRING_DATA, or var/).")
    @functools.wraps(function)
    def wrapped(*args: Any, data: str | None = None, **kwargs: Any) -> R:
        set_up_django(data)
        return function(*args, **kwargs)

    return wrapped


def as_typed(words: str) -> str:
    """`wellspring <words>` as it is typed here: by the way to the program, for the data folder that is in use."""
    from django.conf import settings

    called, found = sys.argv[0], shutil.which("wellspring")
    program = called if os.sep in called and Path(called).name == "wellspring" else "wellspring"
    if found and Path(found).absolute() == Path(program).absolute():
        program = "wellspring"
    data = settings.ENVIRONMENT.data
    folder = "" if data == Path("var").absolute() else f" --data {shlex.quote(str(data))}"
    return f"{program} {words}{folder}"


def set_up_django(data: str | None = None, *, database: bool = True) -> None:
    """Point at the data folder, read the environment, set Django up and open the database.

    Raises click.ClickException with one line where a variable is wrong or the database cannot be used.
    """
    from wellspring.config.environment import EnvironmentProblem

    if data:
        os.environ["WELLSPRING_DATA"] = data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wellspring.config.settings")
    import django

    try:
        django.setup()
    except EnvironmentProblem as problem:
        raise click.ClickException(str(problem)) from None
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)
    if database:
        from wellspring.cli.database import open_database, refuse_unfinished_restore

        refuse_unfinished_restore()
        open_database()
