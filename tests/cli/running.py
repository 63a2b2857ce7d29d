"""Running the real `wellspring` command on a data folder of its own, and looking at what it left."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil

COMMAND = [sys.executable, "-c", "from wellspring.cli import main; main()"]


def clean_environment(data: Path, **more: str) -> dict[str, str]:
    """The environment without any setting of ours but the data folder and what is given."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("WELLSPRING_", "DJANGO_")) and name != "DATABASE_URL"
    }
    return {**kept, "WELLSPRING_DATA": str(data), "WELLSPRING_LANGUAGE": "en", **more}


def wellspring(data: Path, *arguments: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a verb to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=clean_environment(data, **environment),
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
    )


def free_ports(count: int = 1, beside: int = 0) -> int:
    """First of `count` ports in a row that nobody listens on."""
    for start in range(20_000 + (os.getpid() * 37 + beside * 400) % 9_000, 60_000, count):
        with contextlib.ExitStack() as stack:
            try:
                for port in range(start, start + count):
                    trial = stack.enter_context(socket.socket())
                    trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return start
    raise AssertionError("no free ports")


class Running:
    """`wellspring up` (or another verb that stays) in a process of its own, with its output."""

    def __init__(self, data: Path, *arguments: str, **environment: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            env=clean_environment(data, **environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    def descendants(self) -> list[psutil.Process]:
        with contextlib.suppress(psutil.NoSuchProcess):
            return psutil.Process(self.process.pid).children(recursive=True)
        return []

    def child(self, verb: str) -> psutil.Process | None:
        """The running child of this verb (`crawl`, `worker`, `follow`, `web`)."""
        for child in self.descendants():
            with contextlib.suppress(psutil.Error):
                line = child.cmdline()
                if "wellspring.cli.leash" in line and verb in line and child.ppid() == self.process.pid:
                    return child
        return None

    def wait_for(self, condition: Callable[[], Any], seconds: float, what: str) -> Any:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := condition():
                return found
            if self.process.poll() is not None:
                self._reader.join(2)
                raise AssertionError(f"it ended with {self.process.returncode} before {what}:\n{self.output}")
            time.sleep(0.1)
        raise AssertionError(f"no {what} within {seconds} s:\n{self.output}")

    def stop(self, number: int = signal.SIGINT, seconds: float = 25) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        status = self.process.wait(seconds)
        self._reader.join(2)
        return status


@contextlib.contextmanager
def running(data: Path, *arguments: str, **environment: str) -> Iterator[Running]:
    """A verb that stays, ended with everything it started when the block ends."""
    started = Running(data, *arguments, **environment)
    seen: set[psutil.Process] = set()
    try:
        yield started
    finally:
        seen.update(started.descendants())
        if started.process.poll() is None:
            started.process.kill()
        for process in seen:
            with contextlib.suppress(psutil.Error):
                process.kill()
        started.process.wait()


def answers(address: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=3) as response:
        return bool(response.status == 200)
    return False
