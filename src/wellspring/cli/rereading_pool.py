"""Reading pages again in this process, or in several at once."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wellspring.library.services.rereading import Outcome

_PORTION = 16
_AHEAD = 3
"""Portions handed out for each process: more would be lost, not wrong, when it is stopped."""

Page = tuple[int, bool]


def outcomes(pages: Iterator[Page], *, jobs: int) -> Iterator[Outcome]:
    """What came of each page. Stopped at any moment, every page is either read anew as a whole or as it was."""
    from wellspring.library.services.rereading import reread

    if jobs == 1:
        for capture_id, again in pages:
            yield reread(capture_id, again=again)
        return
    # Not forked: a copy of an open connection to the database would be shared.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(os.getpid(),))
    try:
        waiting: deque[Future[list[Outcome]]] = deque()
        while True:
            while len(waiting) < jobs * _AHEAD and (portion := list(itertools.islice(pages, _PORTION))):
                waiting.append(pool.submit(_portion, portion))
            if not waiting:
                return
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(parent: int) -> None:
    """Ctrl-C is the parent's to answer, and no process outlives it."""
    from wellspring.cli.leash import end_with_parent
    from wellspring.cli.setup import set_up_django

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent(parent)
    set_up_django()


def _portion(pages: list[Page]) -> list[Outcome]:
    from wellspring.library.services.rereading import reread

    return [reread(capture_id, again=again) for capture_id, again in pages]
