"""An installation for a benchmark: a data folder of its own, the verbs in processes of their own."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def prepared(data: Path, **more: str) -> dict[str, str]:
    """The environment of an installation in `data`, without any other setting of ours."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name == "WELLSPRING_WEB_WORKERS" or not name.startswith(("WELLSPRING_", "DJANGO_", "DATABASE_URL"))
    }
    return {**kept, "WELLSPRING_DATA": str(data), "PYTHONPATH": str(ROOT), **more}


def set_up(environment: dict[str, str]) -> None:
    """Set Django up in this process, on that installation, with its tables."""
    from wellspring.cli.setup import set_up_django

    os.environ.update({name: value for name, value in environment.items() if name.startswith("WELLSPRING_")})
    set_up_django()


@contextlib.contextmanager
def started(environment: dict[str, str], *verb: str) -> Iterator[subprocess.Popen[bytes]]:
    """A verb that stays, ended with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, *verb], env=environment, stdout=subprocess.DEVNULL, cwd=ROOT
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def serving(environment: dict[str, str]) -> Iterator[int]:
    """The web server on a free port."""
    port = free_port()
    with started(environment, "web", "--port", str(port)):
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
                break
            time.sleep(0.1)
        yield port


def processor_time(verb: str) -> float:
    """Seconds of processor that a verb we started, with the processes under it, has used; 0 where nobody can tell."""
    parents, used, words = {}, {}, {}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            numbers = (process / "stat").read_text().rpartition(")")[2].split()
            parents[int(process.name)] = int(numbers[1])
            used[int(process.name)] = int(numbers[11]) + int(numbers[12])
            words[int(process.name)] = (process / "cmdline").read_text().split("\0")
    ours = {one for one, parent in parents.items() if parent == os.getpid() and verb in words[one]}
    while more := {one for one, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(used[one] for one in ours) / os.sysconf("SC_CLK_TCK")


def processor_time_of_all() -> float:
    """Seconds of processor that the whole machine has used since it started; 0 where nobody can tell."""
    with contextlib.suppress(OSError):
        user, nice, system, _idle, _waiting, irq, softirq, *_ = (
            Path("/proc/stat").read_text().split("\n")[0].split()[1:]
        )
        return sum(map(int, (user, nice, system, irq, softirq))) / os.sysconf("SC_CLK_TCK")
    return 0.0


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


if __name__ == "__main__":
    from wellspring.cli import main

    main()
