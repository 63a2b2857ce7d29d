"""The desk's pages about sources, as an archivist uses them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.library.factories import make_channel, make_source, make_visit
from tests.library.views.desk.desk_ground import news_site, signed_in
from tests.web.pages import page, parsed, words
from wellspring.library.crawling import fetch_settings
from wellspring.library.models import Source, SourceTrial
from wellspring.library.services.trial_runs import run_trial

pytestmark = pytest.mark.django_db

FAILED = {"finished_at": timezone.now(), "error_code": "status_refused", "error_message": "%(url)s is gone"}


def posted(**changes: str) -> dict[str, str]:
    channel = str(make_channel().pk)
    return {
        "name": "柳湾新闻网",
        "channel": channel,
        "reuse": "excerpt",
        "pattern": "",
        "interval_minutes": "30",
        "delay_seconds": "",
        "language": "",
        "version": "0",
        **changes,
    }


def test_the_list_is_filtered_by_channel_state_reuse_and_words() -> None:
    client, _ = signed_in()
    safety = make_channel("safety", "平安法治")
    make_source("停着的", active=False)
    make_source("新来的", channel=safety, reuse="link_only")
    make_visit(make_source("出错的"), **FAILED)
    make_visit(make_source("正常的"), finished_at=timezone.now())
    make_source("退下的", active=False, retired_at=timezone.now())

    def names(query: str) -> set[str]:
        tree = page(client, f"/manage/sources/?{query}", "en")
        return {node.text() for node in tree.css("tbody th a")}

    assert names("") == {"停着的", "新来的", "出错的", "正常的"}
    assert names("health=failing") == {"出错的"}
    assert names("health=well") == {"正常的"}
    assert names("health=new") == {"新来的"}
    assert names("health=paused") == {"停着的"}
    assert names("health=retired") == {"退下的"}
    assert names("channel=safety") == {"新来的"}
    assert names("reuse=link_only") == {"新来的"}
    assert names("q=出错") == {"出错的"}
    assert names("health=nonsense&channel=none&page=x") == {"停着的", "新来的", "出错的", "正常的"}


def test_two_hundred_sources_cost_no_more_than_twelve_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client, _ = signed_in()
    for number in range(200):
        make_visit(make_source(), finished_at=timezone.now() - timedelta(minutes=number))
    source = Source.objects.latest("pk")
    for address in ("/manage/sources/", f"/manage/sources/{source.pk}/", f"/manage/sources/{source.pk}/history/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_an_address_is_tried_shown_and_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    client, _ = signed_in("leader")
    with news_site(monkeypatch) as site:
        answer = client.post("/manage/sources/try/", {"url": f"{site.url}/feed.xml"})
        place = answer["Location"]
        waiting = page(client, place, "en")
        assert waiting.css_first("#trial[hx-get]") is not None
        assert waiting.css_first("noscript") is not None
        run_trial(SourceTrial.objects.get().pk, settings=fetch_settings())
    shown = page(client, place, "en")
    assert shown.css_first("#trial[hx-trigger]") is None
    assert "柳湾社区第1次恳谈侧记" in words(shown)
    assert "12 May 2024" in words(shown)
    preview = parsed(client.post(place, posted(pattern="/dt/[12]", preview="1")))
    assert "2 of 5 known addresses match" in words(preview, "#pattern-matches")
    assert not Source.objects.exists()
    saved = client.post(place, posted(pattern="/dt/"))
    assert saved["Location"] == f"/manage/sources/{Source.objects.get().pk}/"


def test_a_form_that_is_wrong_keeps_what_was_typed() -> None:
    client, _ = signed_in()
    tree = parsed(client.post("/manage/sources/try/", {"url": "ftp://柳湾.example/", "pattern": "/dt/"}))
    assert tree.css_first("[name=url]").attributes["value"] == "ftp://柳湾.example/"
    assert "Give one that begins with http" in words(tree, ".field-errors")
    source = make_source("柳湾网")
    tree = parsed(client.post(f"/manage/sources/{source.pk}/", posted(interval_minutes="0", pattern="(")))
    assert tree.css_first("[name=interval_minutes]").attributes["value"] == "0"
    assert len(tree.css(".field-errors")) == 2
    source.refresh_from_db()
    assert source.name == "柳湾网"


def test_a_second_editor_sees_the_difference_and_may_save_all_the_same() -> None:
    client, _ = signed_in()
    source = make_source("柳湾网")
    address = f"/manage/sources/{source.pk}/"
    assert client.post(address, posted(name="先改的")).status_code == 302
    tree = parsed(client.post(address, posted(name="后改的")))
    assert "Somebody else saved this" in words(tree)
    assert "先改的" in words(tree, ".difference")
    version = tree.css_first("[name=version]").attributes["value"]
    assert version == "1"
    assert client.post(address, posted(name="后改的", version=version)).status_code == 302
    source.refresh_from_db()
    assert source.name == "后改的"


def test_the_buttons_pause_resume_visit_and_retire_after_a_question() -> None:
    client, _ = signed_in()
    source = make_source("柳湾网", next_visit_at=timezone.now() + timedelta(days=1))

    def press(what: str) -> Source:
        answer = client.post(f"/manage/sources/{source.pk}/state/", {"do": what}, follow=True)
        assert answer.status_code == 200
        source.refresh_from_db()
        return source

    assert press("visit").next_visit_at <= timezone.now()
    assert not press("pause").active
    assert press("resume").active
    assert "柳湾网" in words(page(client, f"/manage/sources/{source.pk}/retire/", "en"), "h1")
    assert client.post(f"/manage/sources/{source.pk}/retire/", {"confirm": "yes"}).status_code == 302
    source.refresh_from_db()
    assert source.retired_at is not None
    assert client.get(f"/manage/sources/{source.pk}/").status_code == 200
    assert press("restore").retired_at is None
    assert press("nonsense").active


def test_the_public_page_leads_who_manages_sources_to_the_desk() -> None:
    source = make_source("柳湾网")
    for role, there in (("archivist", True), ("worker", False)):
        client, _ = signed_in(role)
        tree = page(client, f"/library/sources/{source.pk}/", "en")
        assert (tree.css_first(f"a[href='/manage/sources/{source.pk}/']") is not None) is there
