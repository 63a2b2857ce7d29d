"""The worker: takes tasks as they come, and looks round now and then for work that got lost."""

from __future__ import annotations

import logging
import signal
import time
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django_tasks_db.models import DBTaskResult

from wellspring.core.lifelocks import LifeLock
from wellspring.core.registry import sweeps
from wellspring.core.work.chores import Chores
from wellspring.core.work.queue import claim_tasks, finish_tasks, give_back, prune_finished, requeue_lost

IDLE_SECONDS = 0.25
ROUND_SECONDS = 30.0
BATCH = 8

log = logging.getLogger("wellspring.worker")


class Worker:
    """Runs tasks until told to stop. By its lock in `folder` other workers of this host see that it lives."""

    def __init__(self, folder: Path | None = None) -> None:
        self.lock = LifeLock(folder or settings.ENVIRONMENT.data / "workers")
        self.name = self.lock.name
        self.stopping = False
        self.done = 0
        self._next_round = 0.0
        self._chores = Chores()

    def stop_on_signals(self) -> None:
        """SIGTERM and Ctrl-C end the worker after its current task."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)

    def run(self, *, until_idle: bool = False) -> None:
        """Work until told to stop, or until nothing is left to do."""
        while not self.stopping:
            close_old_connections()
            try:
                if time.monotonic() >= self._next_round:
                    self.look_round()
                    self._next_round = time.monotonic() + ROUND_SECONDS
                tasks = claim_tasks(self.name, most=BATCH)
                self._run(tasks)
                self._chores.do_due()
            except (OperationalError, InterfaceError) as trouble:
                log.warning("the database did not answer (%s); trying again", " ".join(str(trouble).split()))
                connection.close()
                self._next_round = 0.0
                self._rest(2.0)
                continue
            if not tasks:
                if until_idle and not self.look_round() + self._chores.do_all():
                    return
                self._rest(IDLE_SECONDS)

    def look_round(self) -> int:
        """Take tasks from dead workers, clear old ones away, let every app enqueue what has no task; how many tasks."""
        back, given_up = requeue_lost(self.lock)
        if back:
            log.info("%s tasks that got lost with their worker are taken up again", back)
        if given_up:
            log.warning("%s tasks are given up: no worker survived them", given_up)
        prune_finished()
        for name, sweep in sweeps().items():
            if found := sweep():
                log.info("%s: %s without a task enqueued", name, found)
                back += found
        return back

    def close(self) -> None:
        """Others see from now on that this worker is gone."""
        self.lock.close()

    def _run(self, tasks: list[DBTaskResult]) -> None:
        finished: list[DBTaskResult] = []
        waiting = list(tasks)
        try:
            while waiting and not self.stopping:
                task = waiting[0]
                if self._run_one(task):
                    finished.append(task)
                waiting.pop(0)
        finally:
            self.done += len(finished)
            finish_tasks(finished)
            give_back(waiting)

    def _run_one(self, task: DBTaskResult) -> bool:
        """True where the task succeeded. A database that does not answer is not the task's fault and is raised."""
        started = time.perf_counter()
        try:
            told = task.task.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
        except (OperationalError, InterfaceError):
            raise
        except Exception as fault:
            log.exception("%s %s failed", task.task_name, task.args_kwargs["args"])
            task.set_failed(fault)
            return False
        log.info("%s (%.0f ms)", told or task.task_name, (time.perf_counter() - started) * 1000)
        return True

    def _rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.stopping and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, IDLE_SECONDS))

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True
