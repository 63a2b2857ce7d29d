"""`wellspring crawl`: visit the sources that are due."""

from __future__ import annotations

import click

from wellspring.cli.setup import data_option


@click.command()
@click.option("--source", "name", metavar="NAME", help="This source alone, and the first time at once.")
@click.option("--once", is_flag=True, help="End when everything that is due now has been visited.")
@data_option
def command(name: str | None, once: bool) -> None:
    """Visit the sources that are due, one request at a time per site, and go on until Ctrl-C."""
    from wellspring.engine.fetch.crawler import run_crawler
    from wellspring.library.crawling import LibraryDesk, fetch_settings
    from wellspring.library.services.sources import source_named

    desk = LibraryDesk(only_source=source_named(name).pk if name else None)
    try:
        run_crawler(desk, fetch_settings(), once=once)
    finally:
        desk.close()
