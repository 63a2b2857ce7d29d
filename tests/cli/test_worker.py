"""`wellspring worker`: pages are read soon after they were captured, and a killed worker loses none."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import pytest
from django_tasks_db.models import DBTaskResult

from tests.cli.installation import Installation, kill_group, wait_until
from tests.servers.news_site import NewsSite

pytestmark = pytest.mark.timeout(300)

PAGES = 30
TASKS = DBTaskResult._meta.db_table


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with NewsSite(reports=PAGES).served() as site:
        made = Installation(tmp_path_factory.mktemp("worker"), may_reach=f"127.0.0.1:{site.port}")
        addresses = [f"{site.url}/dt/{number}.html" for number in range(1, PAGES + 1)]
        assert made.run("capture", *addresses, timeout=120).returncode == 0
        yield made


@pytest.fixture
def installation(captured: Installation) -> Installation:
    """Pages captured, and everything that came of them taken away: as if no worker had run yet."""
    for table in (
        "library_snapshottopic",
        "library_picture",
        "library_earlierrecord",
        "library_snapshot",
        "library_reading",
    ):
        captured.execute(f"DELETE FROM {table}")
    captured.execute("DELETE FROM core_indexchange")
    captured.execute(f"UPDATE {TASKS} SET status='READY', worker_ids='[]'")
    (captured.data / "worker.log").unlink(missing_ok=True)
    return captured


def unread(installation: Installation) -> int:
    return installation.number(
        "SELECT count(*) FROM library_capture c LEFT JOIN library_reading r ON r.capture_id=c.id "
        "WHERE c.kind='page' AND r.id IS NULL"
    )


def test_killed_at_random_moments_it_reads_every_page_once(installation: Installation) -> None:
    dice = random.Random(3)
    for _ in range(5):
        worker = installation.start("worker")
        before = unread(installation)
        wait_until(lambda: unread(installation) < before or before == 0)  # noqa: B023  # waited for at once
        time.sleep(dice.random() * 0.1)
        kill_group(worker)
    assert installation.run("worker", "--until-idle").returncode == 0
    assert unread(installation) == 0
    assert installation.number("SELECT count(*) FROM library_snapshot WHERE is_latest") == PAGES
    assert installation.number("SELECT count(*) FROM library_snapshot") == PAGES
    assert installation.number("SELECT count(DISTINCT object_id) FROM core_indexchange") == PAGES
    assert installation.number(f"SELECT count(*) FROM {TASKS} WHERE status='RUNNING'") == 0
    assert installation.run("verify").returncode == 0


def test_two_workers_share_the_work_and_stop_when_told(installation: Installation) -> None:
    workers = [installation.start("worker") for _ in range(2)]
    log = installation.data / "worker.log"
    wait_until(lambda: log.read_text().count("worker is ready") == 2 and unread(installation) == 0)
    for worker in workers:
        worker.terminate()
    assert [worker.wait(10) for worker in workers] == [0, 0]
    assert installation.number("SELECT count(*) FROM library_snapshot") == PAGES
    assert "Traceback" not in log.read_text()
    assert log.read_text().count(" made snapshot ") == PAGES


def test_pages_that_lost_their_task_are_read_all_the_same(installation: Installation) -> None:
    installation.execute(f"DELETE FROM {TASKS}")
    assert installation.run("worker", "--until-idle").returncode == 0
    assert unread(installation) == 0
