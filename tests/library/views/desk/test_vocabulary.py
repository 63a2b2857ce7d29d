"""The desk's pages about topics and channels, as an archivist uses them."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.library.factories import make_channel, make_snapshot, make_topic
from tests.library.views.desk.desk_ground import signed_in
from tests.web.pages import page, parsed, words
from wellspring.library.models import Channel, Refiling
from wellspring.topics.models import Topic

pytestmark = pytest.mark.django_db


def test_new_words_are_tried_on_the_last_reports_before_they_are_saved() -> None:
    client, _ = signed_in()
    topic = make_topic(synonyms=["撤桶"])
    body = [{"type": "p", "text": "居民们围坐一圈。"}]
    make_snapshot("楼道堆物清了", body=body)
    make_snapshot("撤桶以后", body=body)
    address = f"/manage/topics/{topic.pk}/"
    typed = {"name": "垃圾分类", "name_en": "", "synonyms": "楼道堆物\n撤桶", "parent": "", "version": "0"}
    tree = parsed(client.post(address, {**typed, "preview": "1"}))
    told = words(tree, "#words-preview")
    assert "Of the last 2 reports, 1 would be found newly, 0 no longer." in told
    assert not Refiling.objects.exists()
    assert client.post(address, typed).status_code == 302
    topic.refresh_from_db()
    assert topic.synonyms == ["楼道堆物", "撤桶"]
    running = page(client, "/manage/topics/", "en")
    progress = running.css_first(".progress")
    assert progress is not None
    assert "filed by their topics again" in words(page(client, str(progress.attributes["hx-get"]), "en"))


def test_a_topic_is_added_moved_retired_and_brought_back() -> None:
    client, _ = signed_in()
    first = make_topic()
    client.post("/manage/topics/new/", {"name": "楼道堆物", "synonyms": "杂物、堆物,楼道", "parent": str(first.pk)})
    topic = Topic.objects.get(name="楼道堆物")
    assert (topic.synonyms, topic.parent) == (["杂物", "堆物", "楼道"], first)
    client.post(f"/manage/topics/{topic.pk}/state/", {"do": "up"})
    assert Topic.objects.first() == topic
    client.post(f"/manage/topics/{topic.pk}/retire/", {"confirm": "yes"})
    assert "Bring back" in words(page(client, "/manage/topics/", "en"))
    client.post(f"/manage/topics/{topic.pk}/state/", {"do": "restore"})
    topic.refresh_from_db()
    assert topic.retired_at is None


def test_merged_ones_lead_where_they_went() -> None:
    client, _ = signed_in()
    old, kept = make_channel("old", "旧栏"), make_channel("kept", "新栏")
    make_snapshot(channel=old)
    client.post(f"/manage/channels/{old.pk}/merge/", {"into": str(kept.pk), "confirm": "yes"})
    assert Client().get("/library/channels/old/")["Location"] == "/library/channels/kept/"
    topic, into = make_topic("bins", "撤桶"), make_topic()
    client.post(f"/manage/topics/{topic.pk}/merge/", {"into": str(into.pk), "confirm": "yes"})
    assert Client().get("/library/topics/bins/")["Location"] == f"/library/topics/{into.slug}/"
    assert client.post(f"/manage/topics/{into.pk}/merge/", {"into": "999"}).status_code == 200


def test_a_channel_is_added_renamed_and_moved() -> None:
    client, _ = signed_in()
    make_channel()
    client.post("/manage/channels/new/", {"name": "平安法治", "name_en": "Safety", "column_names": "法治在线\n政法"})
    channel = Channel.objects.get(slug="safety")
    assert channel.column_names == ["法治在线", "政法"]
    client.post(f"/manage/channels/{channel.pk}/", {"name": "平安", "column_names": "", "version": "0"})
    tree = parsed(client.post(f"/manage/channels/{channel.pk}/", {"name": "法治", "version": "0"}))
    assert "平安" in words(tree, ".difference")
    client.post(f"/manage/channels/{channel.pk}/state/", {"do": "up"})
    assert Channel.objects.first() == channel


def test_the_lists_take_as_many_queries_with_many_as_with_few(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client, _ = signed_in()
    for number in range(30):
        make_topic(f"t{number}", f"主题{number}")
        make_channel(f"c{number}", f"类别{number}")
    for address in ("/manage/topics/", "/manage/channels/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
