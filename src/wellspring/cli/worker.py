"""`wellspring worker`: background work until stopped."""

from __future__ import annotations

import logging

import click

from wellspring.cli.setup import data_option


@click.command("worker")
@click.option("--until-idle", is_flag=True, help="End when nothing is left to do.")
@data_option
def command(until_idle: bool) -> None:
    """Read captured pages, and do what else waits in the background, until stopped."""
    from wellspring.core.work.worker import Worker

    log = logging.getLogger("wellspring.worker")
    worker = Worker()
    worker.stop_on_signals()
    log.info("worker is ready")
    try:
        worker.run(until_idle=until_idle)
    finally:
        worker.close()
    log.info("worker ended after %s tasks", worker.done)
