"""Chores of a worker: registered work that needs no task, done every so many seconds between tasks."""

from __future__ import annotations

import logging
import time

from django.db import InterfaceError, OperationalError

from wellspring.core.registry import Chore, chores

PATIENCE = 60.0
"""Seconds until a chore that failed is tried again."""

log = logging.getLogger("wellspring.worker")


class Chores:
    """When each chore is due next, in one worker."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}

    def do_due(self) -> None:
        """Do what is due. A database that does not answer is raised; every other failure is logged."""
        now = time.monotonic()
        for chore in chores():
            if now >= self._due.get(chore.name, 0.0):
                self._do(chore)

    def do_all(self) -> int:
        """Do everything now; how many chores found something to do."""
        return sum(self._do(chore) for chore in chores())

    def _do(self, chore: Chore) -> bool:
        try:
            told = chore.do()
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("%s failed", chore.name)
            self._due[chore.name] = time.monotonic() + PATIENCE
            return False
        self._due[chore.name] = time.monotonic() + chore.seconds
        if told:
            log.info("%s", told)
        return bool(told)
