"""The `wellspring` command: one small file per verb, loaded only when it is asked for."""

from __future__ import annotations

import importlib
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
    "reindex": "reindex",
    "reextract": "reextract",
    "demo": "demo",
    "worker": "worker",
    "follow": "follow",
    "web": "web",
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
    except EngineError as error:
        click.echo(f"wellspring: {_told(error)}", err=True)
        sys.exit(1)


def _told(error: EngineError) -> str:
    from django.conf import settings

    if settings.configured:
        from wellspring.core.errors import told

        return told(error)
    return str(error)
