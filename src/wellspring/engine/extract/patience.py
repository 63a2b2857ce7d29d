"""How long reading one page may take: one deadline for all stages, asked between them and in loops that can be long."""

from __future__ import annotations

import time
from typing import Final

from wellspring.engine.errors import PageTooComplex

BUDGET: Final = 6.0
"""Seconds of the thread's own processor time for one page; the slowest of the gold pages takes a hundredth of one."""


class Patience:
    """Time that is left for a page. It is the thread's own time: a busy machine makes no page too complex."""

    __slots__ = ("_end",)

    def __init__(self, seconds: float = BUDGET) -> None:
        self._end = time.thread_time() + seconds

    def check(self) -> None:
        """Raise PageTooComplex when the time is over."""
        if time.thread_time() > self._end:
            raise PageTooComplex()
