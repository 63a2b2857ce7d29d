"""Front page and lists: what is on them, in which order, at what price; wrong input is answered, not thrown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.library.factories import NOON, make_channel, make_picture, make_snapshot, make_topic
from tests.web.pages import make_story, page, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_cached() -> None:
    cache.clear()


def test_the_front_page_leads_with_a_pictured_report_and_shows_each_channel(client: Client) -> None:
    suzhou = make_channel("suzhou", "苏州", "Suzhou")
    story = make_story()
    newer = make_snapshot("更新的一篇", channel=suzhou, published_at=NOON + timedelta(days=1))
    make_channel("empty", "空", "Empty")
    tree = page(client, "/")
    assert story.title in words(tree, ".hero")
    assert [node.text() for node in tree.css(".front-channels h2")] == ["苏州"]
    assert newer.title in words(tree, ".front-channels")
    assert "库中共 2 篇报道" in words(tree, ".front-count")
    assert "垃圾分类 1" in words(tree, ".front-topics")
    assert "东篱时报 2 篇" in words(tree, ".outlets")


def test_a_report_that_many_reprint_is_on_the_front_page_once(client: Client) -> None:
    title = "三把钥匙打开成长之门"
    for channel in (make_channel(), make_channel("suzhou", "苏州"), make_channel("suzhou", "苏州")):
        make_snapshot(title, channel=channel)
    make_snapshot("另一篇", published_at=NOON + timedelta(days=1))
    tree = page(client, "/")
    assert words(tree, ".hero").count(title) + words(tree, ".front-channels").count(title) == 1


def test_an_empty_library_says_how_it_fills(client: Client) -> None:
    assert "资讯库还没有内容" in words(page(client, "/"), ".empty")


def test_what_just_arrived_is_told_once(client: Client) -> None:
    first = make_snapshot("先到的", published_at=NOON + timedelta(days=9))
    assert client.get(f"/library/arrivals/?after={first.pk}").status_code == 204
    second = make_snapshot("后到的", published_at=NOON)
    tree = page(client, f"/library/arrivals/?after={first.pk}")
    assert words(tree, ".is-new .arrival-title") == "后到的"
    assert tree.css_first("[data-newest]").attributes["data-newest"] == str(second.pk)
    assert len(tree.css(".is-new")) == 1
    assert client.get("/library/arrivals/?after=x").status_code == 200


def test_lists_are_newest_first_and_paged(client: Client) -> None:
    channel = make_channel()
    for day in range(25):
        make_snapshot(f"第{day:02}天", channel=channel, published_at=NOON + timedelta(days=day))
    first = page(client, "/library/channels/domestic/")
    assert [node.text().strip() for node in first.css(".row-title")][:2] == ["第24天", "第23天"]
    assert "第 1 页，共 2 页" in words(first, ".pagination")
    last = page(client, "/library/channels/domestic/?page=2")
    assert [node.text().strip() for node in last.css(".row-title")][-1] == "第00天"


def test_a_topic_and_an_outlet_list_their_own(client: Client) -> None:
    make_snapshot("分类的", topics=[make_topic(synonyms=["分类投放"])], source_name="柳湾网")
    make_snapshot("别的")
    topic = page(client, "/library/topics/sorting/")
    assert "分类的" in words(topic, ".rows")
    assert "别的" not in words(topic, ".rows")
    assert "垃圾分类、分类投放" in words(topic, ".page-head")
    outlet = page(client, "/library/outlets/?name=柳湾网")
    assert "分类的" in words(outlet, ".rows")
    assert "别的" not in words(outlet, ".rows")


@pytest.mark.parametrize("wanted", ["0", "99", "-1", "abc", "1e9", "9" * 30, "%00", "²"])
def test_a_page_that_is_not_there_is_named_and_the_nearest_shown(client: Client, wanted: str) -> None:
    make_snapshot()
    for address in ("/library/channels/domestic/", "/library/", "/library/outlets/", "/library/outlets/?name=东篱时报"):
        tree = page(client, f"{address}{'&' if '?' in address else '?'}page={wanted}")
        assert "现为您显示第 1 页" in words(tree, ".notice.is-wrong")


@pytest.mark.parametrize(
    "address",
    ["/library/channels/none/", "/library/topics/none/", "/library/outlets/?name=a%00b", "/library/channels/%00/"],
)
def test_a_list_that_does_not_exist_is_a_page_that_helps(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/", "/library/channels/domestic/", "/library/topics/sorting/", "/library/", "/library/outlets/?name=东篱时报"],
)
def test_lists_cost_the_same_however_much_there_is(
    client: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    topic = make_topic()
    for number in range(12):
        channel = make_channel(f"channel-{number}", f"类别{number}") if number % 3 else make_channel()
        for _ in range(3):
            make_picture(make_snapshot(channel=channel, topics=[topic]))
    with django_assert_max_num_queries(10):
        page(client, address)
