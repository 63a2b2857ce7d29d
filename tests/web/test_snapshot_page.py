"""The page of one snapshot shows what the library promises, and no more than the publisher allows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.library.factories import NOON, make_channel, make_snapshot, make_source, make_topic
from tests.web.pages import BODY, fill_index, make_story, page, words
from wellspring.core.models import User
from wellspring.library.models import Reuse

pytestmark = pytest.mark.django_db


def test_everything_of_a_report_is_on_its_page(client: Client) -> None:
    story = make_story(published_at=NOON, captured_at=NOON + timedelta(minutes=7, seconds=21))
    tree = page(client, f"/library/snapshots/{story.pk}/")
    assert words(tree, "h1") == "议事亭里的长桌"
    assert words(tree, ".report-particulars") == (
        "类别 国内 发布时间 2025年3月5日 12:00:00 来源 东篱时报 采集自 柳湾网 news.example.com"
    )
    shown = {
        tag: words(tree, f".report-body {tag}") for tag in ("h2", "h3", "blockquote", "ul", "th", "td", "figcaption")
    }
    assert shown == {
        "h2": "先听，再议",
        "h3": "三条约定",
        "blockquote": "树不会走，邻居也不会走。",
        "ul": "春分前后修剪一次 落叶轮流清扫",
        "th": "月份",
        "td": "九月",
        "figcaption": "议事亭里的第九次恳谈。",
    }
    assert words(tree, ".report-signature") == "（陆听荷）"
    assert words(tree, ".report-credit") == "转载自： 江畔晚报 责任编辑： 范青"
    notice = words(tree, ".provenance")
    assert "由本站爬虫进行采集并收录，本站未对信息做任何修改，信息内容不代表本站立场。" in notice
    assert "快照生成时间 2025年3月5日 12:07:21" in notice
    assert f"信息原文地址 {story.original_url}" in notice
    assert "本站信息快照查询为非营利公共服务，如有侵权请联系我们进行删除。" in notice.replace(" ", "")
    assert tree.css_first(".provenance a[href='mailto:library@example.org']") is not None
    assert "垃圾分类" in words(tree, ".margin")


def test_the_page_reads_well_in_english(client: Client) -> None:
    story = make_story(published_precision="day")
    tree = page(client, f"/library/snapshots/{story.pk}/", "en")
    assert "Channel Domestic Published 5 March 2025 Source 东篱时报" in words(tree, ".report-particulars")
    assert tree.css_first("html").attributes["lang"] == "en"
    assert tree.css_first(".report-body").attributes["lang"] == "zh"


def test_an_unknown_time_or_source_is_said_to_be_unknown(client: Client) -> None:
    story = make_snapshot(published_at=None, source_name="")
    assert words(page(client, f"/library/snapshots/{story.pk}/"), ".report-particulars").count("原页面未注明") == 2


@pytest.mark.parametrize("reuse", [Reuse.EXCERPT, Reuse.UNKNOWN])
def test_of_an_excerpt_source_only_the_excerpt_is_shown(client: Client, reuse: str) -> None:
    story = make_story(source=make_source(reuse=reuse))
    tree = page(client, f"/library/snapshots/{story.pk}/")
    assert "围坐一圈" in words(tree, ".report-body")
    assert "议事亭将搬进更多的小区" not in tree.html
    assert "陆听荷" not in words(tree, ".report-body")
    assert tree.css_first(".report img") is None
    assert tree.css_first(f".report-rest a[href='{story.original_url}']") is not None
    assert tree.css_first("meta[name=robots]").attributes["content"] == "noindex"


def test_of_a_link_only_source_neither_text_nor_excerpt_is_anywhere(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    story = make_story(source=make_source(reuse=Reuse.LINK_ONLY), excerpt="亭子里点起了灯笼。")
    other = make_snapshot(channel=story.channel)
    fill_index(tmp_path, settings)
    pages = [f"/library/snapshots/{shown.pk}/" for shown in (story, other)]
    for address in ("/", "/library/", "/library/?q=议事亭", *pages):
        html = page(client, address).html
        assert "灯笼" not in html, address
        assert "将搬进更多的小区" not in html, address
    tree = page(client, f"/library/snapshots/{story.pk}/")
    assert words(tree, "h1") == story.title
    assert tree.css_first(".report-body") is None


def test_what_may_not_be_shown_leads_to_a_copy_that_may(client: Client, settings: Settings, tmp_path: Path) -> None:
    story = make_story(source=make_source("文摘", reuse=Reuse.LINK_ONLY))
    alone = make_snapshot(
        "无人转载的一篇", body=[{"type": "p", "text": "河边的水草清理了三公里。"}], reuse=Reuse.EXCERPT
    )
    whole = make_snapshot(story.title, body=BODY, source=make_source("北渡热线"))
    fill_index(tmp_path, settings)
    rest = page(client, f"/library/snapshots/{story.pk}/").css_first(".report-rest-here")
    assert rest is not None
    assert rest.css_first("a").attributes["href"] == f"/library/snapshots/{whole.pk}/"
    assert "北渡热线" in rest.text()
    assert page(client, f"/library/snapshots/{alone.pk}/").css_first(".report-rest-here") is None


def test_a_page_handed_in_without_a_source_is_shown_as_an_excerpt(client: Client) -> None:
    story = make_snapshot(with_source=False, body=BODY, excerpt="只有开头。")
    assert "议事亭将搬进更多的小区" not in page(client, f"/library/snapshots/{story.pk}/").html


def test_an_earlier_version_says_so_and_leads_to_the_latest(client: Client) -> None:
    latest = make_story()
    earlier = make_snapshot("旧标题", url=latest.original_url, is_latest=False, channel=latest.channel)
    tree = page(client, f"/library/snapshots/{earlier.pk}/")
    assert "这是较早的版本" in words(tree, ".report-head .notice")
    assert tree.css_first(f".report-head .notice a[href='/library/snapshots/{latest.pk}/']") is not None
    assert tree.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert tree.css_first("link[rel=canonical]").attributes["href"].endswith(f"/library/snapshots/{latest.pk}/")
    assert "旧标题" in words(page(client, f"/library/snapshots/{latest.pk}/"), ".versions")


def test_a_picture_not_fetched_yet_leaves_a_quiet_place_and_no_hot_link(client: Client) -> None:
    story = make_snapshot(body=BODY)
    tree = page(client, f"/library/snapshots/{story.pk}/")
    assert words(tree, ".figure-missing") == "图片正在采集。"
    assert not tree.css("img[src^=http]")


def test_related_reports_have_excerpt_and_time_and_copies_stand_apart(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    text = "社工小陆请来老书记老范，两户邻居就香樟树的落叶轮流清扫达成约定，议事亭里握手言和。" * 4
    story = make_snapshot("香樟树下的约定", body=[{"type": "p", "text": text}])
    make_snapshot("香樟树下的约定", body=[{"type": "p", "text": text}], source=make_source("北渡热线"))
    near = make_snapshot(
        "老范和他的香樟树",
        body=[
            {
                "type": "p",
                "text": "老书记老范常说，香樟树的落叶扫不完，邻居的情分也扫不完。社工小陆记在本子上，议事亭里常讲。"
                * 3,
            }
        ],
        excerpt="老书记老范常说，香樟树的落叶扫不完。",
    )
    for number in range(20):
        make_snapshot(f"河道保洁第{number}周", body=[{"type": "p", "text": f"河边的水草清理了{number}公里。"}])
    fill_index(tmp_path, settings)
    tree = page(client, f"/library/snapshots/{story.pk}/")
    assert "另有 1 家转载 北渡热线" in words(tree, ".margin")
    related = words(tree, ".related")
    assert near.title in related
    assert near.excerpt in related
    assert "2025年3月5日" in related
    assert "北渡热线" not in related


def test_captured_text_is_never_markup(client: Client) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    story = make_snapshot(
        evil,
        source_name=evil[:100],
        authors=[evil],
        editor=evil[:60],
        excerpt=evil,
        language="zh",
        body=[
            {"type": kind, "text": evil, "caption": evil}
            for kind in ("p", "h2", "li", "quote", "table", "image", "odd")
        ],
    )
    for address in (f"/library/snapshots/{story.pk}/", "/", "/library/", "/library/outlets/"):
        tree = page(client, address)
        assert not [node for node in tree.css("script") if not node.attributes.get("src")], address
        assert not tree.css("[onerror]"), address


@pytest.mark.parametrize("number", ["999", "0", "99999999999999999", "9" * 40])
def test_an_unknown_id_is_a_page_that_helps(client: Client, number: str) -> None:
    answer = client.get(f"/library/snapshots/{number}/")
    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.content.decode()


def test_the_page_takes_twelve_queries_at_most(
    client: Client, settings: Settings, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    channel = make_channel()
    topics = [make_topic(f"topic-{n}", f"主题{n}") for n in range(4)]
    story = make_story(topics=topics)
    for number in range(12):
        make_snapshot(channel=channel, body=BODY, topics=topics, title=f"议事亭里的长桌之{number}")
        make_snapshot(channel=channel, url=story.original_url, is_latest=False)
    fill_index(tmp_path, settings)
    client.force_login(User.objects.create_user("shen"))
    with django_assert_max_num_queries(12):
        page(client, f"/library/snapshots/{story.pk}/")
