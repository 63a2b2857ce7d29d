"""OPML files: what is read from good and hostile ones, what is written, and that one fits the other."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.library.factories import make_channel, make_source
from tests.library.views.desk.desk_ground import news_site, signed_in
from tests.people.factories import make_viewer
from tests.web.pages import page, parsed, words
from wellspring.library.crawling import fetch_settings
from wellspring.library.models import OpmlImport, Source, SourceTrial
from wellspring.library.opml import OpmlLine, OpmlUnreadable, read_opml, written_opml
from wellspring.library.services.opml_imports import start_opml_import
from wellspring.library.services.trial_runs import run_trial

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<opml version="2.0"><body><outline text="&b;" xmlUrl="https://a.example.com/"/></body></opml>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<opml version="2.0"><body><outline text="&x;" xmlUrl="https://a.example.com/"/></body></opml>"""


def opml(*outlines: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><body>{"".join(outlines)}</body></opml>'.encode()


def test_folders_are_gone_through_and_each_address_counts_once() -> None:
    content = opml(
        '<outline text="街道"><outline text="柳湾" title="柳湾网" type="rss" xmlUrl="https://a.example.com/feed"/></outline>',
        '<outline text="又是柳湾" xmlUrl="https://a.example.com/feed"/>',
        '<outline text="列表" type="link" url="https://b.example.com/list"/><outline text="空"/>',
    )
    assert [(line.name, line.url) for line in read_opml(content)] == [
        ("柳湾网", "https://a.example.com/feed"),
        ("列表", "https://b.example.com/list"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no xml",
        b"<html></html>",
        opml(),
        LAUGHS,
        OUTSIDE,
        LAUGHS.decode().encode("utf-16"),
        b"<opml>" + b"x" * 1_000_001,
    ],
    ids=["empty", "text", "html", "no lines", "billion laughs", "external entity", "laughs in UTF-16", "too large"],
)
def test_what_is_no_list_of_sources_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(OpmlUnreadable):
        read_opml(content)


@pytest.mark.django_db
def test_what_is_written_is_read_back_with_every_setting() -> None:
    source = make_source(
        "柳湾网 & <新闻>",
        channel=make_channel("safety", "平安法治"),
        reuse="excerpt",
        interval_minutes=15,
        delay_seconds=2.5,
        pattern="/dt/\\d+",
        language="zh",
    )
    content = written_opml([source, make_source("列表", kind="list")], title="源动力")
    assert b'version="2.0"' in content
    first, second = read_opml(content)
    wishes = {
        "name": "柳湾网 & <新闻>",
        "channel": "safety",
        "reuse": "excerpt",
        "interval_minutes": 15,
        "delay_seconds": 2.5,
        "pattern": "/dt/\\d+",
        "language": "zh",
    }
    assert first == OpmlLine("柳湾网 & <新闻>", source.url, wishes)
    assert second.name == "列表"


@pytest.mark.django_db
def test_a_file_is_sorted_into_known_new_and_unusable_and_nothing_is_saved() -> None:
    known = make_source("柳湾网", url="https://a.example.com/feed")
    lines = [
        f'<outline text="{n}" xmlUrl="{u}"/>'
        for n, u in (("甲", known.url), ("乙", "https://b.example.com/"), ("丙", "ftp://c/"))
    ]
    brought = start_opml_import(actor=make_viewer("archivist"), content=opml(*lines), file_name="readers.opml")
    assert brought.known == [["甲", known.pk]]
    assert [row[:2] for row in brought.unusable] == [["丙", "ftp://c/"]]
    assert SourceTrial.objects.get().url == "https://b.example.com/"
    assert Source.objects.count() == 1


@pytest.mark.django_db
def test_the_chosen_ones_become_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    client, _ = signed_in()
    with news_site(monkeypatch) as site:
        file = SimpleUploadedFile(
            "readers.opml",
            opml(
                f'<outline text="柳湾" xmlUrl="{site.url}/feed.xml"/>',
                f'<outline text="没有的" xmlUrl="{site.url}/no.xml"/>',
            ),
        )
        place = client.post("/manage/sources/opml/", {"file": file})["Location"]
        assert "0 / 2" in words(page(client, place, "en"), ".progress")
        for trial in SourceTrial.objects.all():
            run_trial(trial.pk, settings=fetch_settings())
    tree = page(client, place, "en")
    ticked = [box.attributes["value"] for box in tree.css("input[name=trial]")]
    assert len(ticked) == 1
    assert "answered 404" in words(tree)
    client.post(place, {"trial": [*ticked, "999", "x"]})
    assert Source.objects.get().name == "柳湾"
    client.post(place, {"trial": ticked})
    assert Source.objects.count() == 1


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_refused_on_the_page() -> None:
    client, _ = signed_in()
    tree = parsed(client.post("/manage/sources/opml/", {"file": SimpleUploadedFile("x.opml", LAUGHS)}))
    assert "entities of its own" in words(tree, ".field-errors")
    assert "required" in words(parsed(client.post("/manage/sources/opml/", {})), ".field-errors")
    assert not OpmlImport.objects.exists()
    assert client.get("/manage/sources/sources.opml")["Content-Type"].startswith("text/x-opml")
