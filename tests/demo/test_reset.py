"""`wellspring demo reset`: everything of the demo goes, nothing of one's own."""

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings

from tests.library.factories import make_capture, make_snapshot, make_source
from wellspring.cli.demo import command
from wellspring.demo.reset import NotADemo, StillRunning, reset_demo
from wellspring.demo.seed import demo_sources, load_demo
from wellspring.demo.site.clock import clock_path, kept_clock
from wellspring.library.models import Capture, Channel, Snapshot, Source

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filled() -> Iterator[Path]:
    """A demo with a snapshot, a revisit, archive, index and clock."""
    load_demo(base_port=9000)
    source = demo_sources()[0]
    first = make_capture("http://127.0.0.1:9000/1.html", source=source)
    make_capture("http://127.0.0.1:9000/1.html", source=source, revisit_of=first, robots_capture=first)
    make_snapshot(source=source, capture=first, channel=source.channel)
    data: Path = settings.ENVIRONMENT.data
    for folder in (settings.ENVIRONMENT.archive, settings.ENVIRONMENT.index):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "file").write_text("x")
    kept_clock(data)
    yield data
    clock_path(data).unlink(missing_ok=True)


def test_a_reset_removes_everything_that_was_collected(filled: Path) -> None:
    reset_demo(base_port=9000)
    assert not Snapshot.objects.exists()
    assert not Capture.objects.exists()
    assert demo_sources().count() == Source.objects.count() > 0
    assert Channel.objects.exists()
    assert not settings.ENVIRONMENT.archive.exists()
    assert not settings.ENVIRONMENT.index.exists()
    assert not clock_path(filled).exists()


def test_a_library_with_a_source_of_its_own_is_never_emptied(filled: Path) -> None:
    make_source(name="本地日报")
    with pytest.raises(NotADemo, match="本地日报"):
        reset_demo(base_port=9000)
    assert Snapshot.objects.exists()
    assert clock_path(filled).exists()


def test_a_library_with_a_page_captured_by_hand_is_never_emptied(filled: Path) -> None:
    make_capture("https://news.example.org/a.html")
    with pytest.raises(NotADemo, match=r"news\.example\.org"):
        reset_demo(base_port=9000)
    assert Capture.objects.count() == 3


def test_a_running_installation_is_not_reset(filled: Path) -> None:
    with (filled / "up.lock").open("a+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StillRunning, match="up"):
            reset_demo(base_port=9000)
    assert Snapshot.objects.exists()


def test_the_command_asks_first(filled: Path) -> None:
    refused = CliRunner().invoke(command, ["reset"], input="n\n")
    assert refused.exit_code == 1
    assert Snapshot.objects.exists()
    done = CliRunner().invoke(command, ["reset", "--yes", "--base-port", "9000"])
    assert done.exit_code == 0, done.output
    assert not Snapshot.objects.exists()
