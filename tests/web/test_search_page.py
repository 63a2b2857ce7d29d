"""The search page: filters in the address, marks, kept input, whole page or results only."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import Settings

from tests.library.factories import NOON, make_channel, make_snapshot, make_source, make_topic
from tests.web.pages import fill_index, page, words
from wellspring.library.models import Reuse

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(settings: Settings, tmp_path: Path) -> None:
    """Two reports, searchable."""
    make_snapshot(
        "议事亭里话停车",
        channel=make_channel("suzhou", "苏州"),
        topics=[make_topic()],
        source_name="柳湾网",
        body=[{"type": "p", "text": "社工小陆请来老书记，大家商定：电动车停进新车棚。"}],
    )
    make_snapshot("合唱团招新", body=[{"type": "p", "text": "团长欢迎大家。"}])
    fill_index(tmp_path, settings)


@pytest.mark.usefixtures("shelf")
def test_words_are_marked_in_title_and_excerpt(client: Client) -> None:
    tree = page(client, "/library/?q=停车")
    assert words(tree, ".row-title mark") == "停车"
    assert words(page(client, "/library/?q=电动车"), ".row-excerpt mark") == "电动车"
    assert words(tree, ".results-count") == "找到 1 篇报道"


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    "filters",
    ["channel=suzhou", "topic=sorting", "source=柳湾网", "q=老书记", "q=老书记&from=2025-03-05&to=2025-03-05"],
)
def test_each_filter_narrows_the_list(client: Client, filters: str) -> None:
    assert [node.text().strip() for node in page(client, f"/library/?{filters}").css(".row-title")] == [
        "议事亭里话停车"
    ]


@pytest.mark.usefixtures("shelf")
def test_without_words_all_reports_are_listed(client: Client) -> None:
    assert len(page(client, "/library/").css(".row")) == 2
    assert len(page(client, "/library/?q=&channel=&topic=&source=&from=&to=").css(".row")) == 2


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("filters", "says"),
    [
        ("from=2025-02-30", "没有这一天"),
        ("from=0001-01-01", "1990"),
        ("to=9999-12-31", "1990"),
        ("from=2025-03-06&to=2025-03-05", "截止日期早于起始日期"),
        ("channel=nowhere", "“nowhere”"),
        ("topic=nothing", "“nothing”"),
        ("order=best", "“best”"),
        ("q=%00", ""),
        ("source=%00", ""),
        ("q=" + "长" * 201, ""),
    ],
)
def test_a_wrong_filter_is_explained_and_what_was_typed_is_kept(client: Client, filters: str, says: str) -> None:
    tree = page(client, f"/library/?source=keep-me&{filters}" if "source" not in filters else f"/library/?{filters}")
    assert says in words(tree, ".results")
    assert "尚未搜索" in words(tree, ".results .notice")
    assert not tree.css(".row")
    if "source" not in filters:
        assert tree.css_first("[name=source]").attributes["value"] == "keep-me"


def test_reprints_are_gathered_under_one_report(client: Client, settings: Settings, tmp_path: Path) -> None:
    for name in ("柳湾网", "北渡热线", "江畔晚报"):
        make_snapshot("三把钥匙打开社工成长之门", source=make_source(name), source_name="清渚日报")
    make_snapshot("三把钥匙", source_name="清渚日报")
    make_snapshot("三把钥匙", source_name="清渚日报")
    fill_index(tmp_path, settings)
    for address in ("/library/?q=钥匙", "/library/channels/domestic/"):
        tree = page(client, address)
        assert len(tree.css(".row")) == 3
        assert words(tree, ".repeats").startswith("另见：")
        assert len(tree.css(".repeats a")) == 2
    assert "找到 5 篇报道" in words(page(client, "/library/?q=钥匙"), ".results-count")


def test_of_reprints_the_one_that_can_be_read_here_is_shown(client: Client, settings: Settings, tmp_path: Path) -> None:
    title = "三把钥匙打开社工成长之门"
    make_snapshot(title, source=make_source("文摘", reuse=Reuse.LINK_ONLY), published_at=NOON + timedelta(days=1))
    own = make_snapshot(title, source=make_source("清渚日报"), source_name="清渚日报")
    make_snapshot(title, source=make_source("柳湾网"), source_name="清渚日报")
    make_snapshot(title, source=make_source("邻里观察", reuse=Reuse.EXCERPT), source_name="清渚日报")
    between = make_snapshot("一天里的另一把钥匙", published_at=NOON + timedelta(hours=5))
    fill_index(tmp_path, settings)
    for address in ("/", "/library/?q=钥匙", "/library/?q=钥匙&order=newest", "/library/channels/domestic/"):
        tree = page(client, address)
        shown = [node.attributes["href"] for node in tree.css(".row-title a, .line-title a, .hero-title a")]
        assert f"/library/snapshots/{own.pk}/" in shown, address
        assert len(shown) == 2, address
    # A list by date stays one.
    assert shown == [f"/library/snapshots/{between.pk}/", f"/library/snapshots/{own.pk}/"]


@pytest.mark.usefixtures("shelf")
def test_nothing_found_leads_on(client: Client) -> None:
    tree = page(client, "/library/?q=鲸鱼座流星&channel=suzhou")
    assert "没有找到相关报道" in words(tree, ".nothing")
    assert tree.css_first(".nothing a[href='/library/?q={}']".format(quote("鲸鱼座流星"))) is not None
    assert tree.css_first(".nothing a[href='/library/topics/sorting/']") is not None


def test_an_outlet_that_no_report_names_is_told(client: Client) -> None:
    make_snapshot("河道保洁", source_name="清渚日报")
    assert "没有报道以“清渚早报”为来源" in words(page(client, "/library/?source=清渚早报"), ".nothing")
    assert "为来源" not in words(page(client, "/library/?source=清渚日报&from=2099-01-01"), ".nothing")


@pytest.mark.usefixtures("shelf")
def test_htmx_gets_the_results_alone(client: Client) -> None:
    part = page(client, "/library/?q=停车", **{"HX-Request": "true"})
    assert part.css_first("form, header, footer") is None
    assert words(part, ".row-title mark") == "停车"
    answer = client.get("/library/?q=停车")
    assert "HX-Request" in answer["Vary"]


def test_without_an_index_titles_are_searched_and_it_is_said(client: Client) -> None:
    make_snapshot("议事亭里话停车")
    tree = page(client, "/library/?q=停车")
    assert tree.css_first(".results .notice.is-wrong") is not None
    assert words(tree, ".row-title mark") == "停车"
