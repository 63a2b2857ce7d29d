"""`wellspring search`: find snapshots from the shell."""

from __future__ import annotations

import json
from datetime import datetime

import click

from wellspring.cli.setup import data_option

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--channel", metavar="SLUG", help="Only reports of this channel.")
@click.option("--topic", metavar="SLUG", help="Only reports on this topic.")
@click.option("--source", metavar="OUTLET", help="Only reports of this source outlet.")
@click.option("--from", "date_from", type=DAY, metavar="YYYY-MM-DD", help="Only reports of this day or later.")
@click.option("--to", "date_to", type=DAY, metavar="YYYY-MM-DD", help="Only reports of this day or earlier.")
@click.option("--newest", is_flag=True, help="Newest first instead of best first.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Reports shown.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_option
def command(
    query: tuple[str, ...],
    channel: str | None,
    topic: str | None,
    source: str | None,
    date_from: datetime | None,
    date_to: datetime | None,
    newest: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Find snapshots that hold every word of QUERY; a part in quotation marks must stand there as it is."""
    from django.utils.translation import gettext as _

    from wellspring.cli.report_tables import found_json, show_found
    from wellspring.core.search_index import search_index
    from wellspring.library.queries.search import gathered, search_snapshots
    from wellspring.people.viewer import INSTALLATION

    search_index().count()  # names what is wrong with the index; the query itself would fall back to titles
    results = search_snapshots(
        viewer=INSTALLATION,
        q=" ".join(query),
        channel=channel,
        topic=topic,
        source=source,
        date_from=date_from.date() if date_from else None,
        date_to=date_to.date() if date_to else None,
        limit=limit,
        newest_first=newest,
    )
    if as_json:
        items = [found_json(item) for item in results.items]
        answer = {"items": items, "count": results.total, "loose": results.loose}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    if results.loose:
        click.echo(_("No report has all of these words; here are those with most of them."))
    if results.items:
        show_found(gathered(results.items, ranked=not newest))
    click.echo(_("%(count)s reports found.") % {"count": results.total})
