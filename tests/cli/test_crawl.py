"""From a source to its captures and snapshots over real HTTP: once, again, after an update, and after a kill."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.installation import Installation, kill_group, wait_until
from tests.servers.news_site import NewsSite

PAGES = "SELECT count(*) FROM library_capture WHERE kind = 'page' AND status = 200"
PAGES_EACH = "SELECT requested_url, count(*) FROM library_capture WHERE kind = 'page' AND status = 200 GROUP BY 1"
LAST_VISIT = "SELECT found, captured, refused, error_code FROM library_visit ORDER BY id DESC LIMIT 1"


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with NewsSite(reports=5).served() as served:
        yield served


def installed(folder: Path, site: NewsSite) -> Installation:
    """With the site's feed as its one source."""
    house = Installation(folder / "data", may_reach=f"127.0.0.1:{site.port}")
    house.json("source", "add", f"{site.url}/feed.xml", "--yes", "--json", "--reuse", "full_text")
    site.asked.clear()
    return house


def crawl(house: Installation, *words: str) -> None:
    done = house.run("crawl", "--once", *words)
    assert done.returncode == 0, done.stderr


def read(house: Installation) -> None:
    done = house.run("worker", "--until-idle")
    assert done.returncode == 0, done.stderr


def test_a_feed_becomes_snapshots_once_and_again_when_it_changes(tmp_path: Path, site: NewsSite) -> None:
    house = installed(tmp_path, site)
    crawl(house)
    read(house)
    assert house.rows(LAST_VISIT) == [(5, 5, 0, "")]
    titles = {title for (title,) in house.rows("SELECT title FROM library_snapshot")}
    assert titles == {f"柳湾社区第{number}次恳谈侧记" for number in range(1, 6)}
    assert set(site.asked.values()) == {1}, "nothing is asked twice"

    site.update(3, "后来又补了一段新的话。")
    crawl(house, "--source", "柳湾时报")
    read(house)
    assert house.rows(LAST_VISIT) == [(5, 1, 0, "")]
    assert house.number("SELECT count(*) FROM library_snapshot WHERE is_latest") == 5
    ((body,),) = house.rows("SELECT body FROM library_snapshot WHERE is_latest AND original_url LIKE '%/dt/3.html'")
    assert "后来又补了一段新的话" in json.dumps(json.loads(body), ensure_ascii=False)


def test_pages_and_sources_that_fail_say_why_and_are_left_alone(tmp_path: Path, site: NewsSite) -> None:
    house = installed(tmp_path, site)
    site.gone.add(2)
    crawl(house)
    assert house.rows(LAST_VISIT) == [(5, 4, 1, "")]
    ((url, code, data),) = house.rows("SELECT url, error_code, error_data FROM library_refusal")
    assert (url, code) == (f"{site.url}/dt/2.html", "status_refused")
    assert "410" in data
    crawl(house, "--source", "柳湾时报")
    assert site.asked["/dt/2.html"] == 1

    site.feed = lambda: b"<html><body>under construction</body></html>"  # type: ignore[method-assign]
    crawl(house, "--source", "柳湾时报")
    (row,) = house.json("source", "list", "--json")
    assert row["health"] == "failing"
    assert "without a list of reports" in row["last_visit"]["why"]


def test_a_killed_crawler_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    with NewsSite(reports=20).served() as site:
        house = installed(tmp_path, site)
        for answers, kept in ((5, 5), (6, 11)):
            site.answers_left = answers
            crawler = house.start("crawl", "--once")
            wait_until(lambda: (site.answers_left or 0) < 0, seconds=120)
            wait_until(lambda kept=kept: house.number(PAGES) == kept, seconds=120)  # type: ignore[misc]  # default
            kill_group(crawler)
            site.speak()
        crawl(house)
        assert house.number("SELECT count(*) FROM library_visit WHERE error_code = 'interrupted'") == 2
        assert house.number("SELECT count(*) FROM library_visit WHERE finished_at IS NULL") == 0
        assert dict(house.rows(PAGES_EACH)) == {f"{site.url}/dt/{number}.html": 1 for number in range(1, 21)}
        asked = sum(count for path, count in site.asked.items() if path.startswith("/dt/"))
        assert asked == 22, "the two that were under way are asked again, and no other"
        assert house.run("verify").returncode == 0
