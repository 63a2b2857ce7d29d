"""The `wellspring` command: one small file per verb, loaded only when it is asked for."""

from __future__ import annotations

import importlib
import os
import sys

import click

from wellspring.engine.errors import EngineError

VERBS = {
    "up": "up",
    "crawl": "crawl",
    "capture": "capture",
    "source": "source",
    "admin": "admin",
    "extract": "extract",
    "search": "search",
    "related": "related",
    "verify": "verify",
    "verify-receipt": "verify_receipt",
    "log": "log",
    "import": "import_warc",
    "export": "export",
    "export-data": "export_data",
    "backup": "backup",
    "restore": "restore",
    "reindex": "reindex",
    "reextract": "reextract",
    "demo": "demo",
    "worker": "worker",
    "follow": "follow",
    "web": "web",
    "doctor": "doctor",
    "reseal": "reseal",
}


class Verbs(click.Group):
    """Each verb is `command` in `wellspring.cli.<module>`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in VERBS:
            return None
        command = importlib.import_module(f"wellspring.cli.{VERBS[name]}").command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wellspring")
def wellspring() -> None:
    """Wellspring / 源动力: a library of news snapshots for the community."""


def main() -> None:
    """Entry point: exit status 0 done, 1 a named failure, 2 wrong usage; no traceback for a named failure."""
    try:
        wellspring.main(standalone_mode=False)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:  # the last door: nobody who types a command should meet a traceback
        if _debugging():
            raise
        click.echo(f"wellspring: {_told(error)}", err=True)
        sys.exit(1)


def _debugging() -> bool:
    return os.environ.get("WELLSPRING_DEBUG", "").lower() in {"1", "true"}


def _told(error: Exception) -> str:
    from django.conf import settings

    if settings.configured:
        from django.db import DatabaseError

        from wellspring.core.errors import DomainError, told

        if isinstance(error, EngineError | DomainError):
            return told(error)
        if isinstance(error, DatabaseError):
            from wellspring.cli.database import told_database_error

            return told_database_error(error)
    if isinstance(error, EngineError):
        return str(error)
    from wellspring.core.readable_log import told_exception

    return f"something went wrong that should not: {told_exception(error)}. WELLSPRING_DEBUG=1 shows where."
