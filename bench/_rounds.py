"""Each extractor in a process of its own, on the same core and in turn: none meets memory that another has used."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from bench._extractors import READERS, read_or_nothing
from bench._pages import Pages

_PAGES: list[tuple[str, bytes]] = []
"""Of this process."""


def measured(
    pages: Pages, rounds: int, readers: Sequence[str] = tuple(READERS)
) -> tuple[dict[str, float], dict[str, dict[str, dict[str, Any]]]]:
    """Pages a second by extractor, and its records by page. The first reading of all pages is not timed."""
    fork = get_context("fork")
    processes = {
        reader: ProcessPoolExecutor(1, mp_context=fork, initializer=_take, initargs=(pages,)) for reader in readers
    }
    try:
        records = {reader: process.submit(_records, reader).result() for reader, process in processes.items()}
        seconds: dict[str, list[float]] = {reader: [] for reader in readers}
        for _ in range(rounds):
            for reader, process in processes.items():
                seconds[reader].append(process.submit(_seconds, reader).result())
    finally:
        for process in processes.values():
            process.shutdown()
    return {reader: len(pages) / min(found) for reader, found in seconds.items()}, records


def _take(pages: Pages) -> None:
    _PAGES.extend(pages)


def _records(reader: str) -> dict[str, dict[str, Any]]:
    read, _ = READERS[reader]
    return {page: read_or_nothing(read, content) for page, content in _PAGES}


def _seconds(reader: str) -> float:
    """Processor time for all pages, of all threads of this process."""
    read, _ = READERS[reader]
    started = time.process_time()
    for _, content in _PAGES:
        read_or_nothing(read, content)
    return time.process_time() - started
