"""The sample sites as a process of their own."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from wellspring.demo.site.outlets import OUTLETS


def free_ports() -> int:
    """The first of enough consecutive free ports."""
    for base in range(21000, 60000, 97):
        try:
            for port in range(base, base + len(OUTLETS)):
                with socket.socket() as line:
                    line.bind(("127.0.0.1", port))
        except OSError:
            continue
        return base
    raise AssertionError("no free ports")


def started(command: list[str], data: Path, base: int) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "WELLSPRING_LANGUAGE": "en"}
    return subprocess.Popen(
        [sys.executable, *command, "--base-port", str(base), "--data", str(data)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


COMMANDS = [["-m", "wellspring.demo.site"], ["-c", "from wellspring.cli import main; main()", "demo", "serve"]]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_process_says_where_the_sites_are_and_ends_when_asked(command: list[str], tmp_path: Path) -> None:
    base = free_ports()
    process = started(command, tmp_path, base)
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in OUTLETS]
        assert [line.split()[0] for line in lines] == [outlet.name for outlet in OUTLETS]
        with httpx.Client(trust_env=False) as reader:
            assert all(reader.get(line.split()[1]).status_code == 200 for line in lines)
        taken = started(command, tmp_path, base)
        assert taken.wait(90) == 1
        assert taken.stderr is not None
        told = taken.stderr.read()
        assert f"Port {base} is taken" in told
        assert "Traceback" not in told
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
