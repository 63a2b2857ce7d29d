"""The page for handing an address in, from the keyboard and from a phone's share sheet."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.library.factories import make_snapshot
from tests.library.views.desk.desk_ground import news_site, signed_in
from tests.web.pages import page, parsed, words
from wellspring.library.crawling import fetch_settings
from wellspring.library.models import HandIn
from wellspring.library.services.handing_in_runs import run_hand_in

pytestmark = pytest.mark.django_db


def test_a_share_sheet_fills_the_form_and_changes_nothing_before_the_tap() -> None:
    client, _ = signed_in("worker")
    manifest = client.get("/manifest.webmanifest").json()["share_target"]
    assert (manifest["action"], manifest["method"]) == ("/hand-in/", "GET")
    shared = {manifest["params"]["title"]: "长桌", manifest["params"]["text"]: "看看 https://news.example.com/1.html。"}
    answer = client.get(manifest["action"], shared)
    assert parsed(answer).css_first("[name=url]").attributes["value"] == "https://news.example.com/1.html"
    assert not HandIn.objects.exists()


def test_it_is_watched_until_the_snapshot_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    client, _ = signed_in("worker")
    with news_site(monkeypatch) as site:
        place = client.post("/hand-in/", {"url": f"{site.url}/dt/1.html"})["Location"]
        waiting = page(client, place, "en")
        assert waiting.css_first("#handed[hx-get]") is not None
        run_hand_in(HandIn.objects.get().pk, settings=fetch_settings())
    done = page(client, place, "en")
    assert done.css_first("#handed[hx-get]") is None
    assert "柳湾社区第1次恳谈侧记" in words(done, "#handed")
    assert "柳湾社区第1次恳谈侧记" in words(page(client, "/hand-in/", "en"))
    other, _ = signed_in("worker")
    assert "柳湾社区第1次恳谈侧记" not in words(page(other, "/hand-in/", "en"))


def test_a_text_without_an_address_keeps_what_was_typed() -> None:
    client, _ = signed_in("worker")
    tree = parsed(client.post("/hand-in/", {"url": "请看今天的报纸"}))
    assert tree.css_first("[name=url]").attributes["value"] == "请看今天的报纸"
    assert "no web address in it" in words(tree, ".field-errors")


def test_a_known_report_is_shown_at_once() -> None:
    client, _ = signed_in("worker")
    snapshot = make_snapshot("议事亭里的长桌", url="https://news.example.com/1.html")
    answer = client.post("/hand-in/", {"url": "https://news.example.com/1.html"}, follow=True)
    assert words(parsed(answer), "h1") == "The library has it already"
    assert parsed(answer).css_first(f"a[href='/library/snapshots/{snapshot.pk}/']") is not None


def test_guests_sign_in_first_and_come_back_with_what_they_shared() -> None:
    answer = Client().get("/hand-in/", {"url": "https://news.example.com/1.html"})
    assert answer.status_code == 302
    assert "next=/hand-in/%3Furl%3D" in answer["Location"]
