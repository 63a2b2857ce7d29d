"""How a snapshot was read: which rules, when, and what earlier ones read otherwise, as far as a reader may see it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.library.factories import NOON, make_snapshot
from tests.people.factories import make_member
from tests.web.pages import page, words
from wellspring.library.models import Correction, EarlierRecord, Reuse, Snapshot
from wellspring.library.records import news_record

pytestmark = pytest.mark.django_db


def reread(**fields: object) -> Snapshot:
    """A snapshot that version 2 reads; version 1 read another title and one paragraph more."""
    snapshot = make_snapshot("后来读出的标题", extractor_version=2, read_at=timezone.now(), **fields)  # type: ignore[arg-type]  # as its own
    snapshot.evidence = {"title": {"rule": "heading", "from": "h1.title"}}
    snapshot.save()
    before = {**news_record(snapshot), "title": "早先读出的标题"}
    before["body"] = [*snapshot.body, {"type": "p", "text": "页脚里多读进来的一段话。"}]
    EarlierRecord.objects.create(snapshot=snapshot, extractor_version=1, read_at=NOON, record=before)
    return snapshot


def test_readers_see_the_version_the_changes_and_the_evidence(client: Client) -> None:
    snapshot = reread()
    here = f"/library/snapshots/{snapshot.pk}/reading/"
    assert page(client, f"/library/snapshots/{snapshot.pk}/").css_first(f".margin a[href='{here}']") is not None
    tree = page(client, here)
    readings = words(tree, ".readings")
    assert "第 2 版" in readings
    assert "第 1 版" in readings
    assert [node.text() for node in tree.css(".readings del")] == ["早先读出的标题", "页脚里多读进来的一段话。"]
    assert [node.text() for node in tree.css(".readings ins")] == ["后来读出的标题"]
    assert "h1.title" in words(tree, ".reading-evidence")


@pytest.mark.parametrize("reuse", [Reuse.EXCERPT, Reuse.LINK_ONLY, Reuse.UNKNOWN])
def test_a_text_that_may_not_be_shown_is_not_shown_there_either(client: Client, reuse: str) -> None:
    snapshot = reread(reuse=reuse)
    html = page(client, f"/library/snapshots/{snapshot.pk}/reading/").html
    assert "早先读出的标题" in html
    assert "页脚里多读进来" not in html


def test_what_was_set_right_is_no_change_of_the_rules(client: Client) -> None:
    snapshot = reread()
    Correction.objects.create(snapshot=snapshot, field="title", value="更正的标题", was=snapshot.title, reason="错字")
    Snapshot.objects.filter(pk=snapshot.pk).update(title="更正的标题")
    shown = words(page(client, f"/library/snapshots/{snapshot.pk}/reading/"), ".readings")
    assert "后来读出的标题" in shown
    assert "更正的标题" not in shown


def test_an_archivist_sees_it_on_the_desk_too(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    snapshot = reread(reuse=Reuse.LINK_ONLY)
    client.force_login(make_member("archivist").user)
    with django_assert_max_num_queries(8):
        client.get(f"/library/snapshots/{snapshot.pk}/reading/")
    assert "页脚里多读进来的一段话。" in words(page(client, f"/manage/snapshots/{snapshot.pk}/"), ".readings")
