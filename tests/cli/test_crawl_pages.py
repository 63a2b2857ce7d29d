"""A report on several pages over real HTTP: one snapshot of all of them, also where one is missing or a kill comes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.installation import Installation, kill_group, wait_until
from tests.cli.test_crawl import PAGES, PAGES_EACH, crawl, installed, read
from tests.servers.news_site import NewsSite

SHOWN = "SELECT original_url, body FROM library_snapshot WHERE is_latest ORDER BY id"


@pytest.fixture
def site() -> Iterator[NewsSite]:
    """Two reports, the first on three pages."""
    site = NewsSite(reports=2)
    site.pages[1] = 3
    with site.served() as served:
        yield served


def pages_shown(house: Installation) -> list[str]:
    """Which pages the snapshot of the first report was made of, by its text."""
    bodies = [json.loads(body) for url, body in house.rows(SHOWN) if url.endswith("/dt/1.html")]
    assert len(bodies) == 1
    return [block["text"][3:6] for block in bodies[0]]


def test_the_pages_of_a_report_are_fetched_in_one_crawl_and_shown_as_one(tmp_path: Path, site: NewsSite) -> None:
    house = installed(tmp_path, site)
    crawl(house)
    read(house)
    assert pages_shown(house) == ["第1页", "第2页", "第3页"]
    assert house.number("SELECT count(*) FROM library_snapshot") == 2
    assert set(site.asked.values()) == {1}, "nothing is asked twice"
    assert house.rows("SELECT found, captured, refused FROM library_visit") == [(2, 2, 0)]
    assert house.run("verify").returncode == 0
    assert house.run("reextract", "--all").returncode == 0
    assert pages_shown(house) == ["第1页", "第2页", "第3页"]
    assert house.number("SELECT count(*) FROM library_snapshot") == 2


@pytest.mark.soak
def test_a_page_that_the_list_names_too_still_belongs_to_its_report(tmp_path: Path, site: NewsSite) -> None:
    site.listed = ["/dt/1_2.html", "/dt/1_3.html"]
    house = installed(tmp_path, site)
    crawl(house)
    read(house)
    assert pages_shown(house) == ["第1页", "第2页", "第3页"]
    assert {url for url, _ in house.rows(SHOWN)} == {f"{site.url}/dt/1.html", f"{site.url}/dt/2.html"}
    crawl(house, "--source", "柳湾时报")
    assert set(dict(house.rows(PAGES_EACH)).values()) == {1}


def test_a_page_missing_in_the_middle_is_tried_again_until_the_report_is_whole(tmp_path: Path, site: NewsSite) -> None:
    site.missing.add("/dt/1_2.html")
    house = installed(tmp_path, site)
    crawl(house)
    read(house)
    assert pages_shown(house) == ["第1页"]
    assert house.rows("SELECT number, due, error_code FROM library_articlepage") == [(2, 1, "status_refused")]
    crawl(house)
    assert site.asked["/dt/1_2.html"] == 1, "it rests"

    site.missing.clear()
    house.execute("UPDATE library_refusal SET retry_at = '2020-01-01'")
    crawl(house)
    read(house)
    assert pages_shown(house) == ["第1页", "第2页", "第3页"]


def test_a_report_that_changed_brings_its_pages_again(tmp_path: Path, site: NewsSite) -> None:
    house = installed(tmp_path, site)
    crawl(house)
    read(house)
    site.update(1, "，后来改过")
    crawl(house, "--source", "柳湾时报")
    read(house)
    ((body,),) = house.rows("SELECT body FROM library_snapshot WHERE is_latest AND original_url LIKE '%/dt/1.html'")
    assert [("后来改过" in block["text"]) for block in json.loads(body)] == [True, True, True]
    assert house.number("SELECT count(*) FROM library_snapshot WHERE original_url LIKE '%/dt/1.html'") == 2


@pytest.mark.parametrize("answers", [2, pytest.param(3, marks=pytest.mark.soak)])
def test_a_crawler_killed_between_two_pages_goes_on_where_it_was(tmp_path: Path, site: NewsSite, answers: int) -> None:
    house = installed(tmp_path, site)
    site.answers_left = answers
    crawler = house.start("crawl", "--once")
    wait_until(lambda: (site.answers_left or 0) < 0, seconds=120)
    wait_until(lambda: house.number(PAGES) == answers, seconds=120)
    kill_group(crawler)
    site.speak()
    crawl(house)
    read(house)
    assert pages_shown(house) == ["第1页", "第2页", "第3页"]
    assert set(dict(house.rows(PAGES_EACH)).values()) == {1}
    assert house.run("verify").returncode == 0


def test_a_page_captured_on_the_shell_brings_those_that_follow(tmp_path: Path, site: NewsSite) -> None:
    house = Installation(tmp_path / "data", may_reach=f"127.0.0.1:{site.port}")
    told = house.json("capture", f"{site.url}/dt/1.html")
    assert [block["text"][3:6] for block in told["record"]["body"]] == ["第1页", "第2页", "第3页"]
    assert [page["url"] for page in told["pages"]] == [f"{site.url}{site.path(1, page)}" for page in (1, 2, 3)]
    again = house.json("capture", f"{site.url}/dt/1_2.html")
    assert again["snapshot"] == told["snapshot"]

    site.pages[2] = 2
    site.missing.add("/dt/2_2.html")
    told = house.json("capture", f"{site.url}/dt/2.html")
    assert (told["pages"][1]["capture"], "404" in told["pages"][1]["why"]) == (None, True)
