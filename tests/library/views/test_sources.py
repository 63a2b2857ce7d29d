"""The public pages about what the crawler visits, and about one capture."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.library.factories import make_capture, make_snapshot, make_source, make_visit
from tests.people.factories import make_member
from wellspring.engine.errors import ExtractError, RobotsDisallowed, StatusRefused
from wellspring.library.models import Reading, Refusal, Snapshot, Source
from wellspring.library.services.refusals import record_refusal
from wellspring.people.models import RoleName

pytestmark = pytest.mark.django_db


def text(client: Client, address: str) -> str:
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def failing_source() -> Source:
    source = make_source("柳湾网")
    error = StatusRefused(url=source.url, status=503)
    make_visit(
        source,
        finished_at=timezone.now(),
        found=12,
        error_code=error.code,
        error_message=error.message,
        error_data=error.data,
    )
    return source


def test_each_source_shows_its_health_and_why_it_fails(client: Client) -> None:
    failing_source()
    make_source("东篱时报")
    page = text(client, "/library/sources/")
    assert "东篱时报" in page
    assert "not visited yet" in page
    assert "answered 503, so there is no page to keep" in page


@pytest.mark.parametrize("address", ["/", "/library/sources/"])
def test_without_sources_whoever_may_add_one_is_led_there_and_nobody_else(client: Client, address: str) -> None:
    assert "/manage/sources/try/" not in text(client, address)
    client.force_login(make_member(RoleName.ARCHIVIST).user)
    assert "/manage/sources/try/" in text(client, address)


def test_a_source_shows_captures_and_refusals_with_their_reasons(client: Client) -> None:
    source = make_source()
    snapshot = make_snapshot("议事亭里的长桌", source=source)
    record_refusal(
        "https://news.example.com/secret.html",
        RobotsDisallowed(url="https://news.example.com/secret.html", detail="/secret"),
        source_id=source.pk,
        visit_id=None,
    )
    page = text(client, f"/library/sources/{source.pk}/")
    assert "议事亭里的长桌" in page
    assert f"/library/captures/{snapshot.capture_id}/" in page
    refused = text(client, f"/library/sources/{source.pk}/?show=refused")
    assert "robots.txt asks crawlers to stay away" in refused
    assert "asked again after" in refused


def test_reasons_with_markup_are_shown_as_text(client: Client) -> None:
    source = make_source()
    error = StatusRefused("<script>%(url)s", url="<img src=x onerror=alert(1)>", status=404)
    record_refusal("https://x.cn/<script>alert(1)</script>", error, source_id=source.pk, visit_id=None)
    page = text(client, f"/library/sources/{source.pk}/?show=refused")
    assert "<img src=x" not in page
    assert "<script>alert(1)" not in page


def test_a_capture_shows_everything_kept_about_it(client: Client) -> None:
    robots = make_capture("https://news.example.com/robots.txt", kind="robots")
    snapshot = make_snapshot("议事亭里的长桌")
    capture = snapshot.capture
    type(capture).objects.filter(pk=capture.pk).update(robots_reason="allowed", robots_capture=robots)
    page = text(client, f"/library/captures/{capture.pk}/")
    for shown in (
        capture.url,
        capture.payload_digest,
        capture.record_id,
        "test.warc.gz",
        "93.184.216.34",
        "allowed by the site",
        f"/library/captures/{robots.pk}/",
        f"/library/snapshots/{snapshot.pk}/",
    ):
        assert shown in page


def test_a_page_that_could_not_be_read_says_why(client: Client) -> None:
    capture = make_capture()
    error = ExtractError(detail="no text in it")
    Reading.objects.create(
        capture=capture,
        extractor_version=1,
        error_code=error.code,
        error_message=error.message,
        error_data=error.data,
    )
    assert "could not be read: no text in it" in text(client, f"/library/captures/{capture.pk}/")


def test_an_unchanged_page_leads_to_the_snapshot_of_its_address(client: Client) -> None:
    snapshot = make_snapshot("议事亭里的长桌", url="https://news.example.com/same.html")
    again = make_capture("https://news.example.com/same.html", revisit_of=snapshot.capture)
    page = text(client, f"/library/captures/{again.pk}/")
    assert f"/library/snapshots/{snapshot.pk}/" in page
    assert "The same bytes as" in page


@pytest.mark.parametrize("address", ["/library/sources/9999999/", "/library/captures/9999999/"])
def test_what_is_not_there_answers_404(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_guests_of_a_closed_house_are_sent_to_sign_in(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    source, capture = make_source(), make_capture()
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, members_only=True))
    for address in ("/library/sources/", f"/library/sources/{source.pk}/", f"/library/captures/{capture.pk}/"):
        assert client.get(address).status_code == 302


def test_the_pages_ask_the_database_equally_often_however_much_they_show(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    source = failing_source()
    for number in range(12):
        make_visit(make_source(), finished_at=timezone.now())
        make_visit(source, finished_at=timezone.now() - timedelta(hours=number + 1))
        snapshot = make_snapshot(source=source)
        Reading.objects.create(capture=snapshot.capture, extractor_version=1, kind="article")
        make_capture("https://news.example.com/one.html", source=source)
    assert Snapshot.objects.count() == 12
    record_refusal(
        "https://x.cn/1", StatusRefused(url="https://x.cn/1", status=404), source_id=source.pk, visit_id=None
    )
    assert Refusal.objects.count() == 1
    newest = source.captures.latest("id").pk
    for address in (
        "/library/sources/",
        f"/library/sources/{source.pk}/",
        f"/library/sources/{source.pk}/?show=refused",
        f"/library/captures/{newest}/",
    ):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
