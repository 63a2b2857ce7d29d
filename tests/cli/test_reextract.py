"""`wellspring reextract`: a whole archive is read anew, killed and taken up again, and nothing that stood is lost."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import pytest

from tests.cli.installation import Installation, kill_group, wait_until
from tests.servers.news_site import NewsSite

pytestmark = pytest.mark.timeout(300)

PAGES = 30
OLD = "UPDATE library_reading SET extractor_version=0, read_at='2025-01-01 00:00:00'"


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with NewsSite(reports=PAGES).served() as site:
        made = Installation(tmp_path_factory.mktemp("reextract"), may_reach=f"127.0.0.1:{site.port}")
        addresses = [f"{site.url}/dt/{number}.html" for number in range(1, PAGES + 1)]
        assert made.run("capture", *addresses, timeout=120).returncode == 0
        assert made.run("worker", "--until-idle").returncode == 0
        yield made


@pytest.fixture
def installation(captured: Installation) -> Installation:
    """Every page read long ago by older rules, to say something else; one title set right."""
    captured.execute("DELETE FROM library_earlierrecord")
    captured.execute("DELETE FROM library_correction")
    captured.execute("DELETE FROM core_indexchange")
    captured.execute(OLD)
    captured.execute("UPDATE library_snapshot SET title='old', extractor_version=0, read_at='2025-01-01 00:00:00'")
    captured.execute(
        "INSERT INTO library_correction (snapshot_id, field, value, was, reason, at) "
        "SELECT max(id), 'title', '\"right\"', '\"old\"', 'r', '2025-01-02' FROM library_snapshot"
    )
    captured.execute("UPDATE library_snapshot SET title='right' WHERE id=(SELECT max(id) FROM library_snapshot)")
    (captured.data / "reextract.unfinished").unlink(missing_ok=True)
    return captured


def left(installation: Installation) -> int:
    return installation.number("SELECT count(*) FROM library_reading WHERE extractor_version=0")


def all_is_well(installation: Installation) -> None:
    assert left(installation) == 0
    assert installation.number("SELECT count(*) FROM library_snapshot WHERE title='old'") == 0
    assert installation.number("SELECT count(*) FROM library_snapshot WHERE title='right'") == 1
    assert installation.rows("SELECT value FROM library_correction") == [('"right"',)]
    assert installation.rows("SELECT was FROM library_correction") != [('"old"',)]
    assert installation.number("SELECT count(*) FROM library_earlierrecord WHERE extractor_version=0") == PAGES
    assert installation.number("SELECT count(*) FROM library_earlierrecord") == PAGES
    assert installation.number("SELECT count(DISTINCT object_id) FROM core_indexchange") == PAGES - 1
    assert not (installation.data / "reextract.unfinished").exists()


def test_everything_is_read_anew_and_told(installation: Installation) -> None:
    done = installation.run("reextract", "--jobs", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"{PAGES} pages read again: {PAGES} changed, 0 unchanged, 0 could not be read.\nRead otherwise: Title {PAGES}\n"
    )
    all_is_well(installation)
    again = installation.run("reextract", "--all").stdout
    assert again.startswith(f"{PAGES} pages read again: 0 changed, {PAGES} unchanged")
    all_is_well(installation)


@pytest.mark.parametrize("options", [[], ["--all", "--jobs", "2"]])
def test_killed_again_and_again_it_comes_to_the_end(installation: Installation, options: list[str]) -> None:
    for _ in range(2):
        before = left(installation)
        run = installation.start("reextract", *options)
        wait_until(lambda: left(installation) < before or run.poll() is not None)  # noqa: B023  # waited for at once
        kill_group(run)
    time.sleep(0.2)
    rest = left(installation)
    done = installation.run("reextract", *options)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{rest} page")
    all_is_well(installation)


def test_stopped_by_ctrl_c_it_says_how_to_go_on(installation: Installation) -> None:
    run = installation.start("reextract", "--all")
    wait_until(lambda: left(installation) < PAGES)
    run.send_signal(signal.SIGINT)
    assert run.wait(20) in (130, 0)
    done = installation.run("reextract", "--all")
    assert done.returncode == 0
    all_is_well(installation)


def test_two_at_once_do_no_harm(installation: Installation) -> None:
    runs = [installation.start("reextract") for _ in range(2)]
    assert [run.wait(60) for run in runs] == [0, 0]
    all_is_well(installation)


def test_a_trial_shows_what_would_change_and_writes_nothing(installation: Installation) -> None:
    done = installation.run("reextract", "--dry-run")
    assert done.returncode == 0
    assert done.stdout.startswith(f"{PAGES} pages tried, nothing written: {PAGES} would change")
    assert f"Title {PAGES}" in done.stdout
    assert "    - old\n" in done.stdout
    assert left(installation) == PAGES
    one = installation.number("SELECT min(id) FROM library_snapshot")
    assert installation.run("reextract", "--dry-run", "--snapshot", str(one)).stdout.startswith("1 page tried")
    assert installation.run("reextract", "--limit", "4").stdout.startswith("4 pages read again")
    assert left(installation) == PAGES - 4


def test_one_snapshot_is_read_alone_by_its_address(installation: Installation) -> None:
    ((one, url),) = installation.rows("SELECT id, original_url FROM library_snapshot ORDER BY id LIMIT 1")
    for address in (url, f"https://library.example/library/snapshots/{one}/"):
        assert installation.run("reextract", "--snapshot", address).stdout.startswith("1 page read again")
    assert left(installation) == PAGES - 1
    nothing = installation.run("reextract", "--snapshot", "https://nowhere.example/")
    assert nothing.returncode == 1
    assert "https://nowhere.example/" in nothing.stderr
    assert installation.run("reextract", "--source", "nobody").returncode == 1


def test_an_archive_file_that_is_gone_is_named_and_what_was_read_stays(installation: Installation) -> None:
    (archive,) = {name for (name,) in installation.rows("SELECT warc_file FROM library_capture WHERE kind='page'")}
    path = installation.data / "archive" / archive
    away = path.with_name("away")
    path.rename(away)
    try:
        done = installation.run("reextract", "--limit", "25")
    finally:
        away.rename(path)
    assert done.returncode == 1
    assert "25 pages read again: 0 changed, 0 unchanged, 25 could not be read." in done.stdout
    assert done.stderr.count("  capture ") == 20
    assert "and 5 more" in done.stderr
    assert installation.number("SELECT count(*) FROM library_snapshot WHERE title='old'") == PAGES - 1
    assert installation.number("SELECT count(*) FROM library_snapshot WHERE is_latest") == PAGES
    assert installation.run("reextract").returncode == 0
    all_is_well(installation)
