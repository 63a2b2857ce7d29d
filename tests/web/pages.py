"""What tests of pages share: the addresses of all public pages, a closed house, parsed HTML."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings
from selectolax.lexbor import LexborHTMLParser

from tests.engine.index.shelves import filled
from tests.library.factories import make_channel, make_picture, make_snapshot, make_source, make_topic
from wellspring.core.registry import search_kinds
from wellspring.library.models import Snapshot
from wellspring.library.search import KIND

PICTURE = "https://news.example.com/pavilion.png"
BODY = (
    {"type": "p", "text": "东篱时报讯 柳湾社区的议事亭里，居民们围坐一圈。"},
    {"type": "image", "src": PICTURE, "caption": "议事亭里的第九次恳谈。"},
    {"type": "h2", "text": "先听，再议"},
    {"type": "quote", "text": "树不会走，邻居也不会走。"},
    {"type": "h3", "text": "三条约定"},
    {"type": "li", "text": "春分前后修剪一次"},
    {"type": "li", "text": "落叶轮流清扫"},
    {"type": "table", "text": "月份\t办结\n九月\t29"},
    {"type": "p", "text": "议事亭将搬进更多的小区。"},
)


def make_story(**fields: object) -> Snapshot:
    """A snapshot with everything that a page can show."""
    values: dict[str, object] = {
        "title": "议事亭里的长桌",
        "body": BODY,
        "authors": ["陆听荷"],
        "editor": "范青",
        "reprinted_from": "江畔晚报",
        "topics": [make_topic()],
        "source": make_source("柳湾网", channel=make_channel()),
        "excerpt": "柳湾社区的议事亭里，居民们围坐一圈。",
    }
    snapshot = make_snapshot(**{**values, **fields})  # type: ignore[arg-type]  # fields of many kinds
    make_picture(snapshot, url=PICTURE, caption="议事亭里的第九次恳谈。")
    return snapshot


def fill_index(folder: Path, settings: Settings) -> None:
    """Put into an index of this test's own what the database holds."""
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, data=folder)
    kind = search_kinds()[KIND]
    filled(folder / "index", kind.documents(list(kind.all_ids())))


def every_address(story: Snapshot) -> list[str]:
    """Every page of the library that a guest can open."""
    return [
        "/",
        "/library/",
        "/library/?q=议事亭",
        "/library/?q=无此一词&from=2025-01-01",
        "/library/?from=2025-02-30&channel=none",
        "/library/about/",
        f"/library/channels/{story.channel.slug}/",
        "/library/topics/sorting/",
        "/library/outlets/",
        f"/library/outlets/?name={story.source_name}",
        "/library/outlets/?name=没有的来源",
        f"/library/snapshots/{story.pk}/",
        f"/library/snapshots/{story.pk}/original/",
        "/library/sources/",
        f"/library/sources/{story.source_id}/",
        f"/library/captures/{story.capture_id}/",
        "/sign-in/",
        "/no/such/page/",
    ]


def page(client: Client, address: str, language: str = "zh-hans", **headers: str) -> LexborHTMLParser:
    """The parsed page; the answer must be 200."""
    answer = client.get(address, headers={"Accept-Language": language, **headers})
    assert answer.status_code == 200, address
    return parsed(answer)


def parsed(answer: HttpResponse) -> LexborHTMLParser:
    return LexborHTMLParser(answer.content)


def words(tree: LexborHTMLParser, selector: str = "body") -> str:
    """The text of the first match, white space folded."""
    node = tree.css_first(selector)
    assert node is not None, selector
    return " ".join(node.text(separator=" ").split())
