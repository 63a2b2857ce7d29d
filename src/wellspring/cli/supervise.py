"""Supervision: start processes, pass on what they say, start again what dies, end all of them together."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from django.utils.translation import gettext

from wellspring.core.readable_log import told_exception

GRACE = 8.0
"""Seconds between SIGTERM and SIGKILL."""
FIRST_WAIT, LONGEST_WAIT, STEADY = 0.5, 30.0, 30.0
"""Seconds before a dead process is started again: doubled each time, from the first again after a steady life."""
LONGEST_LINE = 1 << 20
COLOURS = (36, 32, 35, 33, 34, 31)
OWN_TIME = re.compile(r"^\d\d:\d\d:\d\d ")


@dataclass(slots=True)
class Child:
    """One process to keep alive."""

    name: str
    command: Sequence[str]
    colour: int = 0
    process: asyncio.subprocess.Process | None = None
    wait: float = FIRST_WAIT
    starts: int = 0


@dataclass(slots=True)
class Supervisor:
    """Runs its children until it is told to stop."""

    environment: Mapping[str, str]
    children: list[Child] = field(default_factory=list)
    colour: bool = field(default_factory=lambda: sys.stdout.isatty() and "NO_COLOR" not in os.environ)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _signals: int = 0

    def add(self, name: str, command: Sequence[str]) -> None:
        self.children.append(Child(name, command, COLOURS[len(self.children) % len(COLOURS)]))

    async def run(self, when_started: Callable[[Supervisor], Coroutine[None, None, None]]) -> None:
        """Keep every child alive until SIGINT, SIGTERM or SIGHUP; `when_started` runs beside them, once."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.stop)
        tasks = [asyncio.create_task(self._keep(child)) for child in self.children]
        beside = asyncio.create_task(self._beside(when_started(self)))
        await self._stopping.wait()
        self.say("", gettext("Stopping …"))
        beside.cancel()
        await self._end_all()
        for task in tasks:
            task.cancel()
        await asyncio.gather(beside, *tasks, return_exceptions=True)
        self.say("", gettext("Everything has stopped."))

    async def _beside(self, once: Coroutine[None, None, None]) -> None:
        """What runs beside the children may fail, but not in silence; the children go on."""
        try:
            await once
        except Exception as fault:  # noqa: BLE001  # told, whatever it is
            self.say("", told_exception(fault))

    def stop(self) -> None:
        """Stop once gently; asked again, at once."""
        self._signals += 1
        self._stopping.set()
        if self._signals > 1:
            for child in self.children:
                _signal_group(child, signal.SIGKILL)

    def say(self, name: str, line: str, colour: int = 0) -> None:
        """One line of the log: time, who, what."""
        width = max((len(child.name) for child in self.children), default=0)
        who = f"{name:{width}} |"
        if self.colour and colour:
            who = f"\x1b[{colour}m{who}\x1b[0m"
        try:
            print(f"{time.strftime('%H:%M:%S')} {who} {line}", flush=True)
        except OSError:  # whoever read our output is gone
            self._stopping.set()

    async def _keep(self, child: Child) -> None:
        while not self._stopping.is_set():
            started = time.monotonic()
            child.process = await asyncio.create_subprocess_exec(
                *child.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                env=dict(self.environment),
                start_new_session=True,
                limit=LONGEST_LINE,
            )
            child.starts += 1
            reading = asyncio.create_task(self._pass_on(child, child.process))
            status = await child.process.wait()
            _signal_group(child, signal.SIGKILL)  # what it started itself must not outlive it
            with suppress(TimeoutError):
                await asyncio.wait_for(reading, 2)
            if self._stopping.is_set():
                return
            child.wait = FIRST_WAIT if time.monotonic() - started > STEADY else child.wait
            self.say(child.name, _obituary(status, child.wait), child.colour)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), child.wait)
            child.wait = min(child.wait * 2, LONGEST_WAIT)

    async def _pass_on(self, child: Child, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        while True:
            try:
                line = await process.stdout.readline()
            except ValueError:  # a line longer than the limit; the rest of it comes as the next
                continue
            if not line:
                return
            text = OWN_TIME.sub("", line.decode("utf-8", "replace").rstrip())
            if text:
                self.say(child.name, text, child.colour)

    async def _end_all(self) -> None:
        for child in self.children:
            _signal_group(child, signal.SIGTERM)
        running = [child.process.wait() for child in self.children if child.process]
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*running), GRACE)
        for child in self.children:
            _signal_group(child, signal.SIGKILL)
        await asyncio.gather(*(child.process.wait() for child in self.children if child.process))


def _signal_group(child: Child, number: signal.Signals) -> None:
    if child.process is not None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.process.pid, number)


def _obituary(status: int, wait: float) -> str:
    if status < 0:
        try:
            how = signal.Signals(-status).name
        except ValueError:
            how = str(-status)
        return gettext("ended by %(signal)s; starting again in %(seconds)s s") % {"signal": how, "seconds": f"{wait:g}"}
    return gettext("ended with status %(status)s; starting again in %(seconds)s s") % {
        "status": status,
        "seconds": f"{wait:g}",
    }
