"""Correcting on the page: what the archivist sees and types, and what readers and the API are told."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.library.factories import make_snapshot, make_topic
from tests.library.views.desk.desk_ground import signed_in
from tests.web.pages import page, parsed, words
from wellspring.library.models import Correction, Snapshot

pytestmark = pytest.mark.django_db


def typed(snapshot: Snapshot, **changes: str) -> dict[str, str]:
    return {
        "title": snapshot.title,
        "published_at": "2025-03-05 12:00:00",
        "source_name": snapshot.source_name,
        "authors": "",
        "editor": "",
        "reprinted_from": "",
        "channel": str(snapshot.channel_id),
        "reason": "报纸版面上的标题不同",
        "version": "0",
        **changes,
    }


def test_an_archivist_corrects_from_the_snapshot_page_and_readers_are_told_openly() -> None:
    client, _ = signed_in()
    snapshot = make_snapshot("议事亭里的长棹", evidence={"title": {"rule": "h1", "from": "h1.title"}})
    address = f"/manage/snapshots/{snapshot.pk}/"
    assert page(client, f"/library/snapshots/{snapshot.pk}/").css_first(f"a[href='{address}']") is not None
    form = page(client, address, "en")
    assert "Read from the page: 议事亭里的长棹 · found in: h1.title" in words(form)
    assert form.css_first("[name=published_at]").attributes["value"] == "2025-03-05 12:00:00"
    answer = client.post(address, typed(snapshot, title="议事亭里的长桌", authors="陆听荷、范青"))
    assert answer["Location"] == f"/library/snapshots/{snapshot.pk}/"
    told = page(Client(), f"/library/snapshots/{snapshot.pk}/", "en")
    assert words(told, "h1") == "议事亭里的长桌"
    assert "as captured: “议事亭里的长棹”" in words(told, ".corrections")
    assert "报纸版面上的标题不同" in words(told, ".corrections")
    corrections = Client().get(f"/api/v1/snapshots/{snapshot.pk}").json()["corrections"]
    assert [(one["field"], one["now"], one["as_captured"]) for one in corrections] == [
        ("title", "议事亭里的长桌", "议事亭里的长棹"),
        ("authors", "陆听荷、范青", None),
    ]


@pytest.mark.parametrize(
    ("text", "precision"),
    [("2025-03-01", "day"), ("2025-03-01 08:30", "minute"), ("", ""), ("2025-03-01 08:30:05", "second")],
)
def test_a_time_is_as_precise_as_it_was_typed(text: str, precision: str) -> None:
    client, _ = signed_in()
    snapshot = make_snapshot()
    assert client.post(f"/manage/snapshots/{snapshot.pk}/", typed(snapshot, published_at=text)).status_code == 302
    snapshot.refresh_from_db()
    assert snapshot.published_precision == precision
    assert (snapshot.published_at is None) is (text == "")


@pytest.mark.parametrize("text", ["昨天", "2025-02-30", "2025-03-05 25:00", "0001-01-01", "9999-12-31"])
def test_a_day_that_does_not_exist_keeps_what_was_typed(text: str) -> None:
    client, _ = signed_in()
    snapshot = make_snapshot()
    tree = parsed(client.post(f"/manage/snapshots/{snapshot.pk}/", typed(snapshot, published_at=text, title="新的")))
    assert tree.css_first("[name=published_at]").attributes["value"] == text
    assert tree.css_first("[name=title]").attributes["value"] == "新的"
    assert "Write it like 2025-03-05" in words(tree, ".field-errors")
    assert not Correction.objects.exists()


def test_topics_are_ticked_and_a_correction_is_withdrawn_by_its_button() -> None:
    client, _ = signed_in()
    topic = make_topic()
    snapshot = make_snapshot()
    client.post(f"/manage/snapshots/{snapshot.pk}/", {**typed(snapshot), "topics": [str(topic.pk)]})
    assert list(snapshot.topics.all()) == [topic]
    correction = Correction.objects.get()
    client.post(f"/manage/corrections/{correction.pk}/withdraw/")
    assert not snapshot.topics.exists()
    assert "withdrawn" in words(page(client, "/manage/corrections/", "en"))
    assert client.post("/manage/corrections/9999/withdraw/").status_code == 404


def test_the_second_archivist_sees_the_difference() -> None:
    client, _ = signed_in()
    snapshot = make_snapshot("原题")
    client.post(f"/manage/snapshots/{snapshot.pk}/", typed(snapshot, title="先改的"))
    tree = parsed(client.post(f"/manage/snapshots/{snapshot.pk}/", typed(snapshot, title="后改的")))
    assert "先改的" in words(tree, ".difference")
    version = tree.css_first("[name=version]").attributes["value"]
    client.post(f"/manage/snapshots/{snapshot.pk}/", typed(snapshot, title="后改的", version=str(version)))
    snapshot.refresh_from_db()
    assert snapshot.title == "后改的"


def test_readers_have_no_way_to_correct_and_the_list_costs_no_more_with_more_in_it(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    snapshot = make_snapshot()
    for client in (Client(), signed_in("worker")[0]):
        assert page(client, f"/library/snapshots/{snapshot.pk}/").css_first("a[href^='/manage/snapshots/']") is None
    for number in range(40):
        Correction.objects.create(snapshot=make_snapshot(), field="title", value=f"新{number}", was="旧", reason="版面")
    client, _ = signed_in()
    for address in ("/manage/corrections/", f"/manage/snapshots/{snapshot.pk}/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
