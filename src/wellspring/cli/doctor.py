"""`wellspring doctor`: what is wrong with this installation, and what to do about it."""

from __future__ import annotations

import json
import sys

import click
from django.utils.translation import gettext

from wellspring.cli.setup import data_option

MARKS = {"good": ("✓", "green"), "warning": ("!", "yellow"), "wrong": ("✗", "red")}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@data_option
def command(as_json: bool) -> None:
    """Look at everything that can be looked at: what is wrong, and what to do. Exit status 1 if anything is wrong."""
    from wellspring.core.health import WRONG, Examined, damage_of_the_database, examined
    from wellspring.core.registry import HealthCheck
    from wellspring.engine.errors import marked

    found = examined()
    if damage := damage_of_the_database():
        found.insert(0, Examined(HealthCheck("database_file", marked("Database"), list), (damage,)))
    if as_json:
        click.echo(
            json.dumps(
                [
                    {
                        "check": one.check.code,
                        "level": one.level,
                        "findings": [
                            {"level": finding.level, "said": finding.said, "todo": finding.todo}
                            for finding in one.findings
                        ],
                    }
                    for one in found
                ],
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        for one in found:
            click.secho(gettext(one.check.name), bold=True)
            for finding in one.findings:
                mark, colour = MARKS[finding.level]
                click.echo(f"  {click.style(mark, fg=colour)} {finding.said}")
                if finding.todo:
                    click.echo(f"    → {finding.todo}")
    if any(one.level == WRONG for one in found):
        sys.exit(1)
