"""`wellspring up` starts everything, starts again what dies, and leaves nothing behind."""

from __future__ import annotations

import json
import signal
import socket
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from tests.cli.running import Running, answers, free_ports, running, wellspring

pytestmark = pytest.mark.timeout(240)


def start(data: Path, *more: str) -> tuple[Running, str, list[str]]:
    port = free_ports(1)
    sites = free_ports(16, beside=1)
    arguments = ["up", "--port", str(port), "--demo-port", str(sites), *more]
    return running(data, *arguments), f"http://127.0.0.1:{port}", arguments  # type: ignore[return-value]  # entered by the test


def count(address: str) -> int:
    with urllib.request.urlopen(f"{address}/api/v1/snapshots", timeout=10) as response:
        return int(json.load(response)["count"])


def gone(processes: list[psutil.Process], seconds: float = 12) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    return not [one for one in alive if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def test_a_first_start_shows_crawled_reports_within_a_minute_and_a_second_goes_on(tmp_path: Path) -> None:
    started = time.monotonic()
    first, address, arguments = start(tmp_path)
    with first as up:
        up.wait_for(lambda: "Ctrl-C stops everything" in up.output, 90, "welcome")
        assert time.monotonic() - started < 60
        assert f"{address}/" in up.output
        assert f"{address}/demo/people/" in up.output
        assert "沈书记" in up.output
        assert "demo leave" in up.output
        assert count(address) > 0
        kept = up.descendants()
        assert len(kept) >= 5
        assert up.stop(signal.SIGINT) == 0
        assert gone(kept)
    with running(tmp_path, *arguments) as up:
        up.wait_for(lambda: "Ctrl-C stops everything" in up.output, 60, "welcome")
        before = count(address)
        assert before > 0
        kept = up.descendants()
        assert up.stop(signal.SIGTERM) == 0
        assert gone(kept)


def test_a_child_that_dies_is_started_again_and_says_so(tmp_path: Path) -> None:
    service, address, _ = start(tmp_path, "--no-demo")
    with service as up:
        up.wait_for(lambda: answers(f"{address}/healthz"), 60, "answer")
        web = up.child("web")
        assert web is not None
        inner = web.children()
        web.kill()
        up.wait_for(lambda: "ended by SIGKILL" in up.output, 10, "obituary")
        up.wait_for(lambda: up.child("web") and answers(f"{address}/healthz"), 40, "second web server")
        assert gone(inner)


def test_when_up_itself_is_killed_nothing_goes_on(tmp_path: Path) -> None:
    service, address, _ = start(tmp_path, "--no-demo")
    with service as up:
        up.wait_for(lambda: answers(f"{address}/healthz"), 60, "answer")
        kept = up.descendants()
        assert kept
        up.process.kill()
        assert gone(kept)


def test_a_second_up_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    service, address, arguments = start(tmp_path, "--no-demo")
    with service as up:
        up.wait_for(lambda: answers(f"{address}/healthz"), 60, "answer")
        second = wellspring(tmp_path, *arguments)
        assert second.returncode == 1
        assert "already runs" in second.stderr
        assert str(up.process.pid) in second.stderr


def test_a_taken_port_is_named_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        for verb in ("up", "web"):
            refused = wellspring(tmp_path, verb, "--port", port)
            assert refused.returncode == 1
            assert f"Port {port}" in refused.stderr
            assert "--port" in refused.stderr
            assert refused.stderr.count("\n") == 1


def test_a_host_that_is_not_here_is_named(tmp_path: Path) -> None:
    refused = wellspring(tmp_path, "web", "--host", "192.0.2.1", "--port", "8000")
    assert refused.returncode == 1
    assert "192.0.2.1" in refused.stderr
