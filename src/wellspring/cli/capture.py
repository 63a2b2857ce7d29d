"""`wellspring capture`: one page now, kept, read and printed as JSON."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import click

from wellspring.cli.setup import data_option


@click.command("capture")
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@data_option
def command(urls: tuple[str, ...]) -> None:
    """Capture pages now and print a JSON object a line: where each is kept, and what it says or why it was refused."""
    from wellspring.core.errors import told
    from wellspring.engine.errors import EngineError
    from wellspring.library.crawling import fetch_settings
    from wellspring.library.services.capturing import capture_page
    from wellspring.library.services.refusals import record_refusal, settle_refusals

    refused = False
    for given in urls:
        url = given.encode("utf-8", "replace").decode()  # bytes that are no UTF-8 could be neither stored nor printed
        try:
            read = capture_page(url, settings=fetch_settings())
        except EngineError as error:
            refused = True
            record_refusal(_without_password(url), error, source_id=None, visit_id=None)
            click.echo(f"wellspring: {told(error)}", err=True)
            _print({"url": url, "error": {"code": error.code, "message": told(error)}})
        else:
            settle_refusals({url, read.reading.capture.url})
            _print(_told(read))
    if refused:
        sys.exit(1)


def _without_password(url: str) -> str:
    return re.sub(r"//[^/\\?#]*@", "//", url)


def _told(read: Any) -> dict[str, Any]:
    from wellspring.library.records import news_record

    capture = read.reading.capture
    told: dict[str, Any] = {
        "capture": capture.pk,
        "snapshot": read.snapshot.pk if read.snapshot else None,
        "url": capture.url,
        "captured_at": capture.captured_at.isoformat(),
        "payload_digest": f"sha256:{capture.payload_digest}",
        "kind": read.reading.kind or None,
        "record": news_record(read.snapshot) if read.snapshot else None,
        "pages": _pages(read.snapshot) if read.snapshot else [],
    }
    if read.reading.error_code:
        told["unread"] = {"code": read.reading.error_code, "message": read.reading.told_error}
    return told


def _pages(snapshot: Any) -> list[dict[str, Any]]:
    """The captures that the record was joined from; of a page that is missing the reason."""
    from wellspring.library.queries.articles import pages_of

    pages = pages_of(snapshot)
    told: list[dict[str, Any]] = [
        {"number": number, "url": capture.url, "capture": capture.pk} for number, capture in pages.numbered
    ]
    if (missing := pages.missing) is not None:
        told.append({"number": missing.number, "url": missing.url, "capture": None, "why": missing.told_error or None})
    return told


def _print(line: dict[str, Any]) -> None:
    click.echo(json.dumps(line, ensure_ascii=False))
