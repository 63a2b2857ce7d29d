"""`wellspring source` against a real site on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from django.utils import translation

from tests.servers.news_site import NewsSite
from wellspring.cli.source import command
from wellspring.core.errors import DomainError
from wellspring.engine.errors import DiscoveryError, EngineError
from wellspring.library.models import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[NewsSite]:
    with NewsSite().served() as served:
        reached = replace(
            settings.ENVIRONMENT, guard_exceptions=frozenset({("127.0.0.1", served.port)}), crawl_delay=0.01
        )
        monkeypatch.setattr(settings, "ENVIRONMENT", reached)
        monkeypatch.setattr(settings, "LANGUAGE_CODE", "en")
        monkeypatch.setenv("COLUMNS", "200")
        with translation.override("en"):
            yield served


def source(*words: str) -> Result:
    return CliRunner().invoke(command, words)


def test_a_feed_is_found_out_shown_and_saved(site: NewsSite) -> None:
    done = source("add", f"{site.url}/feed.xml", "--yes", "--reuse", "full_text", "--interval", "5")
    assert done.exit_code == 0, done.output
    assert "柳湾社区第1次恳谈侧记" in done.stdout
    assert "5 reports would be captured" in done.stdout
    assert "Saved as “柳湾时报” in channel 国内" in done.stdout
    (row,) = json.loads(source("list", "--json").stdout)
    assert (row["kind"], row["health"], row["reuse"], row["last_visit"]) == ("feed", "new", "full_text", None)
    assert "柳湾时报" in source("list").stdout
    assert all(agent.startswith("Wellspring/") for agent in site.asked_as)


def test_without_yes_nothing_is_saved(site: NewsSite) -> None:
    shown = json.loads(source("add", f"{site.url}/feed.xml", "--json", "--pattern", r"/dt/[12]\.html").stdout)
    assert (shown["kind"], shown["found"], shown["would_capture"], shown["saved"]) == ("feed", 5, 2, None)
    assert "Nothing was saved" in source("add", f"{site.url}/feed.xml").stdout
    assert json.loads(source("list", "--json").stdout) == []


def test_a_home_page_that_advertises_a_feed_offers_it(site: NewsSite) -> None:
    offered = source("add", site.url)
    assert offered.exit_code == 1
    assert f"wellspring source add {site.url}/feed.xml" in offered.stdout
    saved = json.loads(source("add", site.url, "--yes", "--json").stdout)
    assert saved["url"] == f"{site.url}/feed.xml"
    assert saved["saved"]["name"] == "柳湾时报"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["/dt/1.html"], "without a list of reports"),
        (["/nothing"], "404"),
        (["/secret/feed.xml"], "robots.txt"),
        (["/feed.xml", "--pattern", "("], "no regular expression"),
        (["/feed.xml", "--channel", "nowhere"], "There is no channel “nowhere”"),
        (["/feed.xml", "--interval", "0"], "at most once a minute"),
    ],
)
def test_what_cannot_be_a_source_is_a_named_failure(site: NewsSite, words: list[str], told: str) -> None:
    done = source("add", site.url + words[0], *words[1:], "--yes")
    assert isinstance(done.exception, EngineError | DomainError)
    assert told in str(done.exception)
    assert not Source.objects.exists()


def test_an_address_inside_is_refused(site: NewsSite) -> None:
    done = source("add", "http://169.254.169.254/feed.xml", "--yes")
    assert isinstance(done.exception, EngineError)
    assert not isinstance(done.exception, DiscoveryError)
