"""Trying an address: what is found, what one page reads like, and what is said when nothing is there."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult

from tests.library.factories import make_channel, make_source
from tests.library.views.desk.desk_ground import news_site
from tests.people.factories import make_viewer
from wellspring.engine.errors import AddressRefused, DiscoveryError
from wellspring.library.crawling import fetch_settings
from wellspring.library.desk_tasks import sweep_asked
from wellspring.library.models import Capture, Reuse, SourceTrial
from wellspring.library.services.source_changes import SourceSettings
from wellspring.library.services.sources import SourceExists
from wellspring.library.services.trial_runs import run_trial
from wellspring.library.services.trials import TrialNotUsable, save_trial, start_trial

pytestmark = pytest.mark.django_db


def tried(url: str, pattern: str = "") -> SourceTrial:
    trial = start_trial(actor=make_viewer("archivist"), url=url, pattern=pattern)
    done = run_trial(trial.pk, settings=fetch_settings())
    assert done is not None
    return SourceTrial.objects.get(pk=trial.pk)


def wanted(name: str = "柳湾时报") -> SourceSettings:
    return SourceSettings(name, make_channel(), Reuse.EXCERPT, "", 30, None, "")


def test_a_feed_shows_what_would_be_captured_and_how_one_page_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    with news_site(monkeypatch, reports=12) as site:
        trial = tried(f"{site.url}/feed.xml")
    assert (trial.kind, trial.name, trial.found) == ("feed", "柳湾时报", 12)
    assert trial.robots_reason.startswith("allowed")
    assert trial.sample["title"].startswith("柳湾社区第")
    assert trial.sample["source_name"] == "柳湾时报"
    assert trial.sample["published_at"] == "2024-05-12T10:00:00+08:00"
    assert not Capture.objects.exists(), "a trial keeps nothing"


def test_a_page_that_only_offers_feeds_leads_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    with news_site(monkeypatch) as site:
        trial = tried(site.url)
    assert trial.kind == ""
    assert trial.feeds == [f"{site.url}/feed.xml"]
    with pytest.raises(TrialNotUsable):
        save_trial(actor=make_viewer("leader"), trial=trial, settings=wanted())


def test_an_address_that_answers_404_or_is_forbidden_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with news_site(monkeypatch) as site:
        assert tried(f"{site.url}/no.xml").error_code == "status_refused"
        assert tried(f"{site.url}/secret/").error_code == "robots_disallowed"


def test_a_private_address_is_refused_in_the_background_and_nonsense_at_once() -> None:
    assert tried("http://192.168.1.1/").error_code == "address_refused"
    for nonsense in ("ftp://news.example.com/", "https://user:secret@news.example.com/", "https://"):
        with pytest.raises(AddressRefused):
            start_trial(actor=make_viewer("archivist"), url=nonsense)
    with pytest.raises(DiscoveryError):
        start_trial(actor=make_viewer("archivist"), url="news.example.com", pattern="(")


def test_what_is_a_source_already_is_not_tried_again() -> None:
    source = make_source("柳湾网")
    with pytest.raises(SourceExists, match="柳湾网"):
        start_trial(actor=make_viewer("archivist"), url=source.url)


def test_a_trial_becomes_a_source_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with news_site(monkeypatch) as site:
        trial = tried(f"{site.url}/feed.xml")
    source = save_trial(actor=make_viewer("archivist"), trial=trial, settings=wanted())
    assert (source.kind, source.interval_minutes, source.reuse) == ("feed", 30, "excerpt")
    with pytest.raises(TrialNotUsable):
        save_trial(actor=make_viewer("archivist"), trial=trial, settings=wanted("另一个"))


def test_a_trial_whose_task_got_lost_is_taken_up_again() -> None:
    start_trial(actor=make_viewer("archivist"), url="news.example.com")
    assert sweep_asked() == 0
    DBTaskResult.objects.all().delete()
    assert sweep_asked() == 1
    assert sweep_asked() == 0


def test_only_who_manages_sources_may_try_an_address() -> None:
    with pytest.raises(PermissionDenied):
        start_trial(actor=make_viewer("worker"), url="news.example.com")
