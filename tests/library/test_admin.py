"""The operators' tables: sources are edited with care, what was captured is not edited at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.library.factories import make_channel, make_snapshot, make_source, make_visit
from tests.people.factories import make_member
from wellspring.core.models import User
from wellspring.library.models import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(make_member("administrator", user=User.objects.create_superuser("operator")).user)
    return client


def form(**changes: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "name": "柳湾网",
        "url": "https://news.example.com/feed.xml",
        "kind": "feed",
        "channel": make_channel().pk,
        "reuse": "unknown",
        "pattern": "",
        "interval_minutes": 60,
        "delay_seconds": "",
        "active": "on",
        "next_visit_at_0": "2026-01-01",
        "next_visit_at_1": "00:00:00",
    }
    return {**fields, **changes}


def test_a_source_is_added(operator: Client) -> None:
    assert operator.post("/admin/library/source/add/", form()).status_code == 302
    assert Source.objects.get().name == "柳湾网"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("pattern", "(dt", "no regular expression"),
        ("interval_minutes", "0", "at most once a minute"),
        ("delay_seconds", "-1", "between 0 and 86400"),
    ],
)
def test_a_wrong_value_is_refused_with_the_reason(operator: Client, field: str, value: str, told: str) -> None:
    answer = operator.post("/admin/library/source/add/", form(**{field: value}), headers={"Accept-Language": "en"})
    assert told in answer.content.decode()
    assert not Source.objects.exists()


def test_visit_now_makes_sources_due(operator: Client) -> None:
    source = make_source(next_visit_at=timezone.now() + timedelta(days=1))
    operator.post("/admin/library/source/", {"action": "visit_now", "_selected_action": [source.pk]})
    source.refresh_from_db()
    assert source.next_visit_at <= timezone.now()


def test_what_was_captured_can_be_looked_up_and_not_changed(operator: Client) -> None:
    snapshot = make_snapshot()
    visit = make_visit(snapshot.source)
    for table, pk in (("capture", snapshot.capture_id), ("snapshot", snapshot.pk), ("visit", visit.pk)):
        assert operator.get(f"/admin/library/{table}/").status_code == 200
        assert operator.get(f"/admin/library/{table}/{pk}/change/").status_code == 200
        assert operator.post(f"/admin/library/{table}/{pk}/change/", {"url": "x"}).status_code == 403
        assert operator.post(f"/admin/library/{table}/{pk}/delete/", {"post": "yes"}).status_code == 403
        assert operator.get(f"/admin/library/{table}/add/").status_code == 403
