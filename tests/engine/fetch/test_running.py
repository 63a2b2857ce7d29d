"""The crawler as it runs for weeks: new things are picked up, signals end it, a full disk is waited out."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.engine.fetch.conftest import settings_for
from tests.engine.fetch.desk import MemoryDesk
from tests.engine.fetch.test_crawler import PNG, FullDesk
from tests.servers import feeds, misbehaving
from tests.servers.raw import RawServer, response
from wellspring.engine.fetch import clerk
from wellspring.engine.fetch.crawler import run_crawler
from wellspring.engine.fetch.desk import DuePicture
from wellspring.engine.records import CaptureKind


def wait_until(true: Callable[[], Any], seconds: float = 15.0) -> float:
    """Wait for something to become true; the seconds that it took."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() < started + seconds, "waited in vain"
        time.sleep(0.01)
    return time.monotonic() - started


class Run:
    """Runs the crawler here, and a scenario in a thread beside it; then stops it by a signal."""

    def __init__(self, desk: MemoryDesk, server: RawServer, number: signal.Signals = signal.SIGTERM) -> None:
        self._desk, self._server, self._number = desk, server, number
        self.problem: BaseException | None = None
        self.seconds_to_end = 0.0

    def __call__(self, scenario: Callable[[], Any], **changes: Any) -> None:
        assert threading.current_thread() is threading.main_thread(), "signals reach the main thread only"
        beside = threading.Thread(target=self._play, args=(scenario,))
        beside.start()
        run_crawler(self._desk, settings_for(self._server, **changes), once=False)
        ended_at = time.monotonic()
        beside.join()
        self.seconds_to_end = ended_at - self._stopped_at
        if self.problem is not None:
            raise self.problem

    def _play(self, scenario: Callable[[], Any]) -> None:
        try:
            wait_until(lambda: self._desk.threads)  # it runs, and listens to signals
            scenario()
        except BaseException as problem:  # noqa: BLE001  (raised again in the test's own thread)
            self.problem = problem
        self._stopped_at = time.monotonic()
        os.kill(os.getpid(), self._number)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_soon_and_leaves_its_visit_to_be_resumed(server: RawServer, number: signal.Signals) -> None:
    desk = MemoryDesk()
    server.replies["/feed"] = feeds.feed([f"{server.url}/{n}" for n in range(50)])
    server.replies |= {"/robots.txt": response(b""), "/0": feeds.article(1)}
    server.otherwise = misbehaving.slow_drip(0.1)
    desk.add(f"{server.url}/feed")
    run = Run(desk, server, number)
    run(lambda: wait_until(lambda: "/1" in server.paths()), max_seconds=60.0)
    assert run.seconds_to_end < 5.0
    assert desk.urls(CaptureKind.PAGE) == [f"{server.url}/0"]
    assert desk.ended == desk.refused == {}


def test_it_ends_soon_also_while_it_waits_for_a_sites_delay(server: RawServer) -> None:
    desk = MemoryDesk()
    server.replies["/feed"] = feeds.feed([f"{server.url}/{n}" for n in range(50)])
    desk.add(f"{server.url}/feed", delay=30.0)
    run = Run(desk, server)
    run(lambda: wait_until(lambda: server.requests))
    assert run.seconds_to_end < 5.0


def test_sources_and_pictures_that_turn_up_later_are_picked_up(server: RawServer) -> None:
    desk = MemoryDesk()
    server.replies["/picture"] = response(PNG)
    server.otherwise = feeds.article(1)
    took = []

    def scenario() -> None:
        for n in range(2):
            server.replies[f"/feed{n}"] = feeds.feed([f"{server.url}/{n}"])
            source = desk.add(f"{server.url}/feed{n}")
            took.append(wait_until(lambda number=source.visit_id: number in desk.ended))  # type: ignore[misc]
        desk.pictures = [DuePicture(1, f"{server.url}/picture", 1, 0.0)]
        took.append(wait_until(lambda: desk.urls(CaptureKind.PICTURE)))

    Run(desk, server)(scenario)
    assert desk.urls(CaptureKind.PAGE) == [f"{server.url}/0", f"{server.url}/1"]
    assert max(took) < 4.0  # a second's polling, and what a busy machine adds


def test_a_full_disk_is_waited_out_and_nothing_is_lost(
    server: RawServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(clerk, "FULL_PAUSE", 0.1)
    desk = FullDesk()
    server.replies["/feed"] = feeds.feed([f"{server.url}/{n}" for n in range(5)])
    server.otherwise = feeds.article(1)
    source = desk.add(f"{server.url}/feed")

    def scenario() -> None:
        wait_until(lambda: "disk of the archive is full" in caplog.text)
        time.sleep(0.5)
        assert len(server.requests) <= 2
        desk.room = True
        wait_until(lambda: source.visit_id in desk.ended)

    Run(desk, server)(scenario)
    assert len(desk.urls(CaptureKind.PAGE)) == 5
    assert caplog.text.count("disk of the archive is full") == 1


def test_it_can_be_stopped_while_the_disk_is_full(server: RawServer) -> None:
    desk = FullDesk()
    server.replies["/feed"] = feeds.feed([f"{server.url}/1"])
    desk.add(f"{server.url}/feed")
    run = Run(desk, server)
    run(lambda: wait_until(lambda: len(server.requests) > 1))
    assert run.seconds_to_end < 5.0


def test_a_desk_that_cannot_say_what_is_due_is_asked_again(server: RawServer, caplog: pytest.LogCaptureFixture) -> None:
    class Stumbling(MemoryDesk):
        asked = 0

        def due_sources(self) -> Any:
            self.asked += 1
            found = super().due_sources() if self.asked != 1 else ()
            if self.asked == 1:
                self.threads.add(0)
                raise OSError("the database is restarting")
            return found

    desk = Stumbling()
    server.replies["/feed"] = feeds.feed([])
    source = desk.add(f"{server.url}/feed")
    Run(desk, server)(lambda: wait_until(lambda: source.visit_id in desk.ended))
    assert "the database is restarting" in caplog.text
