"""`wellspring extract`: the news record of saved or public pages as JSON lines, with the engine alone."""

from __future__ import annotations

import functools
import gzip
import json
import os
import secrets
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wellspring.engine.errors import EngineError
from wellspring.engine.extract import extract
from wellspring.engine.extract.intake import MAX_BYTES

if TYPE_CHECKING:
    from wellspring.engine.fetch.settings import FetchSettings

_PAGES = (".html", ".html.gz")


@dataclass(frozen=True)
class _Found:
    """One page to be read: what it is called in the output, and its content."""

    path: str
    content: bytes
    url: str | None = None
    content_type: str | None = None


class _Unreadable(Exception):
    """A page that could not be opened; its code and message go into the output."""

    def __init__(self, path: str, code: str, message: str) -> None:
        self.path, self.code, self.message = path, code, message
        super().__init__(message)


@click.command()
@click.argument("places", nargs=-1, required=True, metavar="PATH…|URL…|-")
@click.option("--url", metavar="U", help="Address of the page, if it is a single file or standard input.")
def command(places: tuple[str, ...], url: str | None) -> None:
    """Print one news record a line, as JSON, in the order given.

    A folder means its *.html and *.html.gz in name order; - means standard input. A page that cannot be read gives a
    line with "error", and the exit status is 1 at the end. No database is needed.
    """
    if url is not None:
        if len(places) != 1 or _is_address(places[0]) or Path(places[0]).is_dir():
            raise click.UsageError("--url goes with a single file or with -.")
        if not _is_address(url):
            raise click.UsageError("--url takes an address that begins with http:// or https://.")
    failed = False
    for place in places:
        for path in _expanded(place):
            line = _record(path, url)
            failed = failed or "error" in line
            click.echo(json.dumps(line, ensure_ascii=False))
            sys.stdout.flush()
    if failed:
        sys.exit(1)


def _is_address(place: str) -> bool:
    return place.lower().startswith(("http://", "https://"))


def _expanded(place: str) -> Iterator[str]:
    """A folder as its pages in name order; anything else as it is."""
    if place == "-" or _is_address(place) or not Path(place).is_dir():
        yield place
        return
    pages = [path for path in Path(place).iterdir() if path.name.endswith(_PAGES) and path.is_file()]
    if not pages:
        click.echo(f"wellspring: {place} holds no *.html or *.html.gz.", err=True)
    yield from (str(path) for path in sorted(pages, key=lambda path: path.name))


def _record(path: str, url: str | None) -> dict[str, Any]:
    try:
        found = _found(path, url)
        record = extract(found.content, url=found.url, content_type=found.content_type)
    except EngineError as error:
        return {"path": path, "error": {"code": error.code, "message": str(error)}}
    except _Unreadable as error:
        return {"path": path, "error": {"code": error.code, "message": error.message}}
    return {"path": path, **record.as_json()}


def _found(path: str, url: str | None) -> _Found:
    if path == "-":
        return _Found(path, _unpacked(path, sys.stdin.buffer.read(MAX_BYTES + 1)), url)
    if _is_address(path):
        return _fetched(path)
    try:
        with Path(path).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"{path} could not be opened: {error.strerror or error}."
        raise _Unreadable(path, "file_unreadable", message) from error
    return _Found(path, _unpacked(path, content), url)


def _unpacked(path: str, content: bytes) -> bytes:
    """The content without gzip, at most one byte more than is read as a page."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    pieces: list[bytes] = []
    try:
        with gzip.GzipFile(fileobj=BytesIO(content)) as packed:
            pieces.append(packed.read(MAX_BYTES + 1))
    except (OSError, EOFError, zlib.error) as error:
        raise _Unreadable(path, "file_damaged", f"{path} is not sound gzip: {error}.") from error
    return pieces[0]


def _fetched(address: str) -> _Found:
    """The page at a public address, under the same guard and robots.txt as the crawler's."""
    from wellspring.engine.fetch.content import decoded_payload, page_problem
    from wellspring.engine.fetch.single import fetch_page

    settings = _fetch_settings()
    page = fetch_page(address, settings).responses[-1]
    problem = page_problem(page)
    if problem is not None:
        raise problem
    content = decoded_payload(page, limit=settings.max_bytes)
    return _Found(address, content, page.url, page.header("Content-Type"))


@functools.cache
def _fetch_settings() -> FetchSettings:
    from wellspring.config.environment import EnvironmentProblem, read_environment

    try:
        # A key is given so that none is made and kept: this verb leaves no files behind.
        return read_environment({**os.environ, "WELLSPRING_SECRET_KEY": secrets.token_hex(32)}).fetch_settings()
    except EnvironmentProblem as problem:
        raise click.ClickException(str(problem)) from None
