"""`wellspring verify`: read every capture, the log and the audit trail again and name what does not match."""

from __future__ import annotations

import json
import sys

import click
from django.utils.translation import gettext, ngettext

from wellspring.cli.progress import progress
from wellspring.cli.setup import data_option


@click.command("verify")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@click.option("--deep", is_flag=True, help="Unpack every record and hash its payload too; several times slower.")
@data_option
def command(as_json: bool, deep: bool) -> None:
    """Read captures, log and audit trail again and name what is not as it was; exit status 1 if there is any."""
    from wellspring.cli.verify_audit import verify_trail
    from wellspring.cli.verify_log import log_lines, verified_log
    from wellspring.library.models import Capture
    from wellspring.library.verification import verify_archive

    with progress(gettext("Verifying"), Capture.objects.count()) as advance:
        found = verify_archive(thorough=deep, on_capture=advance)
    log = verified_log()
    trail = verify_trail()
    if as_json:
        click.echo(json.dumps({**found.as_json(), "log": log.as_json(), "audit": trail.as_json()}, ensure_ascii=False))
    else:
        for damage in found.damaged:
            click.echo(
                gettext("Capture %(id)s is damaged: %(reason)s (%(url)s, %(file)s at %(offset)s)")
                % {
                    "id": damage.capture,
                    "reason": damage.message,
                    "url": damage.url,
                    "file": damage.file,
                    "offset": damage.offset,
                }
            )
        for leftover in found.leftovers:
            click.echo(
                gettext("Note: %(length)s bytes of %(file)s at %(offset)s belong to no capture; a crash leaves such.")
                % {"length": leftover.length, "file": leftover.file, "offset": leftover.offset}
            )
        damaged = len(found.damaged)
        click.echo(
            ngettext(
                "%(captures)s capture, %(megabytes).1f MB read at %(speed).0f MB/s:",
                "%(captures)s captures, %(megabytes).1f MB read at %(speed).0f MB/s:",
                found.captures,
            )
            % {
                "captures": found.captures,
                "megabytes": found.bytes / 1e6,
                "speed": found.megabytes_per_second,
            }
            + " "
            + (gettext("%(damaged)s damaged.") % {"damaged": damaged} if damaged else gettext("all as received."))
        )
        for line in [*log_lines(log), *trail.lines()]:
            click.echo(line)
    if found.damaged or log.problems or trail.broken:
        sys.exit(1)
