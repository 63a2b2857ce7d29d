"""The JSON API: what it answers, what it keeps to itself, and that no input makes it fail."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.library.factories import NOON, make_channel, make_snapshot, make_topic
from tests.people.factories import make_member
from wellspring.library.models import Reuse

pytestmark = pytest.mark.django_db

LISTS = ("snapshots", "channels", "topics", "sources")


def answer(client: Client, path: str, status: int = 200, **asked: Any) -> Any:
    response = client.get(f"/api/v1/{path}", asked)
    assert response.status_code == status, response.content
    return response.json()


@pytest.fixture
def closed(settings: Any) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, members_only=True)


def test_snapshots_are_listed_newest_first_with_their_number(client: Client) -> None:
    old = make_snapshot("旧闻", published_at=NOON - timedelta(days=2))
    new = make_snapshot("新闻", published_at=NOON)
    found = answer(client, "snapshots", limit=1)
    assert found["count"] == 2
    assert [item["title"] for item in found["items"]] == ["新闻"]
    assert found["items"][0]["url"] == f"http://testserver/library/snapshots/{new.pk}/"
    assert answer(client, "snapshots", limit=1, offset=1)["items"][0]["id"] == old.pk


def test_filters_narrow_the_list(client: Client) -> None:
    channel, topic = make_channel("safety", "平安法治"), make_topic()
    wanted = make_snapshot("甲", channel=channel, topics=[topic], source_name="清渚日报", published_at=NOON)
    make_snapshot("乙", published_at=NOON - timedelta(days=9))
    for asked in (
        {"channel": "safety"},
        {"topic": topic.slug},
        {"source": "清渚日报"},
        {"from": "2025-03-05"},
        {"from": "2025-03-05", "to": "2025-03-05"},
    ):
        assert [item["id"] for item in answer(client, "snapshots", **asked)["items"]] == [wanted.pk], asked
    assert answer(client, "snapshots", to="2025-03-04")["count"] == 1
    assert answer(client, "snapshots", channel="nowhere")["count"] == 0


def test_one_snapshot_has_everything_its_page_shows(client: Client) -> None:
    topic = make_topic()
    shown = make_snapshot("议事亭", topics=[topic], authors=["陆小满"])
    found = answer(client, f"snapshots/{shown.pk}")
    assert found["title"] == "议事亭"
    assert found["authors"] == ["陆小满"]
    assert found["topics"] == [topic.slug]
    assert found["body"][0]["type"] == "p"
    assert len(found["payload_sha256"]) == 64
    assert found["published_at"].startswith("2025-03-05T")


@pytest.mark.parametrize(("reuse", "excerpt"), [(Reuse.EXCERPT, True), (Reuse.UNKNOWN, True), (Reuse.LINK_ONLY, False)])
def test_the_reuse_state_is_obeyed(client: Client, reuse: str, excerpt: bool) -> None:
    shown = make_snapshot(reuse=reuse, body=[{"type": "p", "text": "不许转载的正文" * 9}], excerpt="摘要")
    found = answer(client, f"snapshots/{shown.pk}")
    assert found["body"] is None
    assert (found["excerpt"] is not None) == excerpt
    assert "不许转载的正文" not in client.get("/api/v1/snapshots").content.decode()


def test_channels_topics_and_sources_are_listed(client: Client) -> None:
    make_snapshot(topics=[make_topic()])
    assert answer(client, "channels")["items"][0] == {
        "slug": "domestic",
        "name": "国内",
        "name_en": "Domestic",
        "count": 1,
    }
    assert answer(client, "topics")["items"][0]["count"] == 1
    source = answer(client, "sources")["items"][0]
    assert source["kind"] == "feed"
    assert source["health"] == "new"


def test_related_reports_of_a_snapshot_are_listed(client: Client) -> None:
    found = answer(client, f"snapshots/{make_snapshot().pk}/related")
    assert set(found) == {"items", "count", "copies"}


@pytest.mark.parametrize("path", ["snapshots/999", "snapshots/0", f"snapshots/{2**70}", "snapshots/999/related"])
def test_a_snapshot_that_is_not_there_answers_404_in_the_readers_language(client: Client, path: str) -> None:
    response = client.get(f"/api/v1/{path}", headers={"Accept-Language": "en"})
    assert response.status_code == 404
    assert response.json() == {"error": {"code": "not_found", "message": "There is no snapshot with this number."}}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"limit": "0"}, "1 to 100"),
        ({"limit": "many"}, "1 to 100"),
        ({"offset": "-1"}, "0 to 10000"),
        ({"from": "yesterday"}, "2025-03-05"),
        ({"to": "2025-02-30"}, "2025-03-05"),
        ({"q": "字" * 501}, "500"),
        ({"channel": "x" * 61}, "channel"),
    ],
)
def test_a_bad_parameter_is_told_what_it_takes(client: Client, asked: dict[str, str], told: str) -> None:
    response = client.get("/api/v1/snapshots", asked, headers={"Accept-Language": "en"})
    assert response.status_code == 422
    assert response.json()["error"]["code"] == "bad_parameter"
    assert told in response.json()["error"]["message"]


anything = st.text(max_size=80)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    asked=st.dictionaries(
        st.sampled_from(["q", "channel", "topic", "source", "from", "to", "limit", "offset", "x"]), anything
    )
)
def test_no_parameters_make_it_fail(client: Client, asked: dict[str, str]) -> None:
    response = client.get("/api/v1/snapshots", asked)
    assert response.status_code in {200, 422}
    assert ("items" in response.json()) == (response.status_code == 200)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pk=st.one_of(st.integers().map(str), st.from_regex(r"\A[^/?#\s]{1,20}\Z")))
def test_no_number_makes_it_fail(client: Client, pk: str) -> None:
    response = client.generic("GET", f"/api/v1/snapshots/{pk}")
    assert response.status_code in {404, 422}


@pytest.mark.usefixtures("closed")
def test_a_closed_library_answers_members_only(client: Client) -> None:
    shown = make_snapshot()
    paths = (*LISTS, f"snapshots/{shown.pk}", f"snapshots/{shown.pk}/related")
    for path in paths:
        response = client.get(f"/api/v1/{path}")
        assert response.status_code == 401
        assert response.json()["error"]["code"] == "members_only"
        assert "Access-Control-Allow-Origin" not in response
    client.force_login(make_member("observer").user)
    for path in paths:
        assert client.get(f"/api/v1/{path}").status_code == 200


def test_other_sites_may_read_an_open_library(client: Client) -> None:
    assert client.get("/api/v1/snapshots")["Access-Control-Allow-Origin"] == "*"


def test_nothing_can_be_changed(client: Client) -> None:
    for path in LISTS:
        assert client.post(f"/api/v1/{path}").status_code == 405


def test_a_list_takes_few_queries_however_long(client: Client, django_assert_max_num_queries: Any) -> None:
    for _ in range(12):
        make_snapshot()
    with django_assert_max_num_queries(3):
        answer(client, "snapshots", limit=50)
    with django_assert_max_num_queries(7):
        answer(client, "sources", limit=50)


def test_the_description_names_every_address_and_parameter(client: Client) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/v1/snapshots",
        "/api/v1/snapshots/{pk}",
        "/api/v1/snapshots/{pk}/related",
        "/api/v1/channels",
        "/api/v1/topics",
        "/api/v1/sources",
    }
    parameters = {one["name"] for one in described["paths"]["/api/v1/snapshots"]["get"]["parameters"]}
    assert parameters == {"q", "channel", "topic", "source", "from", "to", "limit", "offset"}
