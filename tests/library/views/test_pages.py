"""A report on several pages is shown whole, says which pages it was joined from, and shows each as it was captured."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.library.factories import make_source
from tests.library.services.test_articles import ONE, TEXTS, THREE, TWO, captured, kept, page
from wellspring.engine.errors import StatusRefused
from wellspring.library.models import Capture, Snapshot
from wellspring.library.services.articles import note_missing_page
from wellspring.library.services.readings import read_capture

pytestmark = pytest.mark.django_db


def shown_in_full() -> Snapshot:
    """The latest snapshot, of a publisher that allows the whole text."""
    snapshot = Snapshot.objects.get(is_latest=True)
    snapshot.source = make_source()
    snapshot.save()
    return snapshot


def test_the_page_of_the_snapshot_shows_all_and_names_each_page(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    captures = captured(ONE, TWO, THREE)
    snapshot = shown_in_full()
    with django_assert_max_num_queries(12):
        text = client.get(f"/library/snapshots/{snapshot.pk}/").content.decode()
    for words in TEXTS.values():
        assert words in text
    assert "共 3 页，已合并" in text
    for number, capture in enumerate(captures, start=1):
        assert f'href="/library/captures/{capture.pk}/"' in text
        assert number == 1 or f'href="/library/snapshots/{snapshot.pk}/original/?page={number}"' in text


def test_a_report_on_one_page_says_nothing_of_pages(client: Client) -> None:
    read_capture(kept(ONE, page(ONE, pages=1)).pk)
    text = client.get(f"/library/snapshots/{shown_in_full().pk}/").content.decode()
    assert "已合并" not in text
    assert "还有下文" not in text


def test_each_page_is_shown_as_it_was_captured(client: Client) -> None:
    captured(ONE, TWO, THREE)
    address = f"/library/snapshots/{shown_in_full().pk}/original/"
    bar = client.get(f"{address}?page=2").content.decode()
    assert TWO in bar
    assert f'src="{address}page/?page=2"' in bar
    assert f'href="{address}?page=3"' in bar
    shown = client.get(f"{address}page/?page=2").content.decode()
    assert TEXTS[TWO] in shown
    assert TEXTS[ONE] not in shown
    payload = client.get(f"{address}bytes?page=3")
    assert "-page-3.html" in payload["Content-Disposition"]
    assert hashlib.sha256(payload.content).hexdigest() == Capture.objects.get(url=THREE).payload_digest


@pytest.mark.parametrize("number", ["4", "0", "-1", "zwei", "９", "9" * 400])
def test_a_page_that_the_report_does_not_have_is_not_found(client: Client, number: str) -> None:
    captured(ONE, TWO, THREE)
    address = f"/library/snapshots/{shown_in_full().pk}/original/"
    for end in ("", "page/", "bytes"):
        assert client.get(f"{address}{end}", {"page": number}).status_code == 404


def test_a_missing_page_is_named_with_the_reason_and_where_to_read_on(client: Client) -> None:
    captured(ONE)
    address = f"/library/snapshots/{shown_in_full().pk}/"
    assert "正等待采集" in client.get(address).content.decode()
    note_missing_page(TWO, StatusRefused(url=TWO, status=404), times=1)
    text = client.get(address).content.decode()
    assert "报道在第 2 页还有下文" in text
    assert "404" in text
    assert f'href="{TWO}"' in text


def test_a_page_that_was_a_snapshot_of_its_own_leads_to_the_whole_report(client: Client) -> None:
    captured(TWO, ONE)
    own, whole = Snapshot.objects.get(original_url=TWO), Snapshot.objects.get(original_url=ONE)
    text = client.get(f"/library/snapshots/{own.pk}/").content.decode()
    assert f'<a href="/library/snapshots/{whole.pk}/">阅读全文</a>' in text


def test_a_page_of_a_publisher_that_allows_no_full_text_is_not_shown_as_captured(client: Client) -> None:
    captured(ONE, TWO, THREE)
    snapshot = Snapshot.objects.get()
    answer = client.get(f"/library/snapshots/{snapshot.pk}/original/page/?page=2")
    assert TEXTS[TWO] not in answer.content.decode()
    assert TEXTS[TWO] not in client.get(f"/library/snapshots/{snapshot.pk}/").content.decode()
