"""`wellspring related`: what is like a snapshot."""

from __future__ import annotations

import json

import click

from wellspring.cli.setup import data_option


@click.command()
@click.argument("snapshot_id", metavar="ID", type=int)
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Related reports shown.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_option
def command(snapshot_id: int, limit: int, as_json: bool) -> None:
    """Show copies of the snapshot ID and what is related to it."""
    from django.utils.translation import gettext as _

    from wellspring.cli.report_tables import report_json, show_reports
    from wellspring.core.search_index import search_index
    from wellspring.library.queries.search import related_snapshots
    from wellspring.library.queries.snapshots import visible_snapshots
    from wellspring.people.viewer import INSTALLATION

    search_index().count()  # names what is wrong with the index; the query itself would answer with nothing
    known = -(2**63) <= snapshot_id < 2**63
    snapshot = visible_snapshots(viewer=INSTALLATION).filter(pk=snapshot_id).first() if known else None
    if snapshot is None:
        raise click.ClickException(
            _("There is no snapshot %(id)s. `wellspring search` shows the IDs.") % {"id": snapshot_id}
        )
    found = related_snapshots(viewer=INSTALLATION, snapshot=snapshot, topics=list(snapshot.topics.all()), limit=limit)
    if as_json:
        answer = {
            "id": snapshot.pk,
            "title": snapshot.title,
            "copies": [report_json(copy, copy.shown_excerpt) for copy in found.copies],
            "related": [report_json(one, one.shown_excerpt) for one in found.related],
        }
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    for heading, reports in ((_("The same text elsewhere"), found.copies), (_("Related reports"), found.related)):
        if reports:
            click.echo(heading)
            show_reports(reports)
    if not found.copies and not found.related:
        click.echo(_("Nothing in the library is like it."))
