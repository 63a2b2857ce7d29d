"""Changing sources: who may, what is audited, and two people editing one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from tests.library.factories import make_channel, make_snapshot, make_source
from tests.people.factories import make_viewer
from wellspring.core.meanwhile import ChangedMeanwhile
from wellspring.core.models import AuditEntry
from wellspring.engine.errors import DiscoveryError
from wellspring.library.models import Reuse, Source
from wellspring.library.queries.sources import listed_sources
from wellspring.library.services.source_changes import (
    SourceRetired,
    change_source,
    pause_source,
    restore_source,
    resume_source,
    retire_source,
    settings_of,
    visit_source_now,
)
from wellspring.library.services.sources import SourceExists, add_source
from wellspring.people.viewer import GUEST

pytestmark = pytest.mark.django_db


def change(source: Source, version: int = 0, **fields: object) -> Source:
    wanted = replace(settings_of(source), **fields)  # type: ignore[arg-type]  # what a test states
    return change_source(actor=make_viewer("archivist"), source_id=source.pk, version=version, wanted=wanted)


def test_a_change_is_saved_with_its_line_in_the_audit() -> None:
    source = make_source("柳湾网")
    other = make_channel("safety", "平安法治")
    changed = change(source, name="柳湾新闻网", channel=other, interval_minutes=30, pattern="/dt/", language="zh")
    assert (changed.name, changed.channel, changed.version) == ("柳湾新闻网", other, 1)
    entry = AuditEntry.objects.get()
    assert entry.action == "library.source_changed"
    assert entry.data["changes"] == {
        "name": ["柳湾网", "柳湾新闻网"],
        "channel": [str(source.channel), "平安法治"],
        "pattern": ["", "/dt/"],
        "interval_minutes": [60, 30],
        "language": ["", "zh"],
    }


def test_the_second_of_two_editors_is_told_what_the_first_changed_and_nothing_is_lost() -> None:
    source = make_source("柳湾网", interval_minutes=60)
    change(source, name="柳湾新闻网")
    with pytest.raises(ChangedMeanwhile) as told:
        change(source, interval_minutes=15)
    shown = {(one.now, one.wanted) for one in told.value.differences}
    assert shown == {("柳湾新闻网", "柳湾网"), ("60", "15")}
    source.refresh_from_db()
    assert (source.name, source.interval_minutes) == ("柳湾新闻网", 60)
    change(source, version=told.value.version, interval_minutes=15)
    source.refresh_from_db()
    assert source.interval_minutes == 15


def test_saving_what_stands_already_is_no_change() -> None:
    source = make_source()
    change(source, version=7)
    assert not AuditEntry.objects.exists()


def test_a_new_reuse_state_holds_on_the_page_at_once(client: Client) -> None:
    snapshot = make_snapshot(
        body=[{"type": "p", "text": "开头。"}, {"type": "p", "text": "全文才有的话。"}], excerpt="开头。"
    )
    page = f"/library/snapshots/{snapshot.pk}/"
    assert "全文才有的话" in client.get(page).content.decode()
    assert snapshot.source is not None
    change(snapshot.source, reuse=Reuse.LINK_ONLY)
    assert "全文才有的话" not in client.get(page).content.decode()


@pytest.mark.parametrize("pattern", ["(", "a" * 201, r"(?=x)"])
def test_a_pattern_that_cannot_be_used_is_refused(pattern: str) -> None:
    with pytest.raises(DiscoveryError):
        change(make_source(), pattern=pattern)


def test_two_sources_cannot_have_one_name() -> None:
    make_source("柳湾网")
    with pytest.raises(SourceExists):
        change(make_source("东篱网"), name="柳湾网")


def test_a_shorter_interval_brings_the_next_visit_nearer() -> None:
    source = make_source(interval_minutes=1440, next_visit_at=timezone.now() + timedelta(days=1))
    changed = change(source, interval_minutes=10)
    assert changed.next_visit_at < timezone.now() + timedelta(minutes=11)


def test_a_paused_source_is_not_visited_until_it_is_resumed() -> None:
    archivist, source = make_viewer("archivist"), make_source(next_visit_at=timezone.now() + timedelta(days=1))
    pause_source(actor=archivist, source=source)
    source.refresh_from_db()
    assert not source.active
    with pytest.raises(SourceRetired):
        visit_source_now(actor=archivist, source=source)
    resume_source(actor=archivist, source=source)
    source.refresh_from_db()
    assert source.active
    assert source.next_visit_at <= timezone.now()


def test_a_retired_source_leaves_the_lists_but_not_its_reports_and_can_come_back() -> None:
    archivist, snapshot = make_viewer("archivist"), make_snapshot()
    source = snapshot.source
    assert source is not None
    retire_source(actor=archivist, source=source)
    assert not listed_sources(viewer=GUEST).exists()
    assert Client().get(f"/library/snapshots/{snapshot.pk}/").status_code == 200
    with pytest.raises(SourceExists, match=source.name):
        add_source(actor=archivist, url=source.url, name="又一个", kind=source.kind)  # type: ignore[arg-type]  # refused before
    restore_source(actor=archivist, source=source)
    assert listed_sources(viewer=GUEST).get() == source
    assert list(AuditEntry.objects.order_by("number").values_list("action", flat=True)) == [
        "library.source_retired",
        "library.source_restored",
    ]


@pytest.mark.parametrize("role", ["worker", "mentor", "observer"])
def test_only_who_manages_sources_may_change_them(role: str) -> None:
    source, somebody = make_source(), make_viewer(role)
    for call in (pause_source, resume_source, retire_source, restore_source, visit_source_now):
        with pytest.raises(PermissionDenied):
            call(actor=somebody, source=source)
    with pytest.raises(PermissionDenied):
        change_source(actor=somebody, source_id=source.pk, version=0, wanted=settings_of(source))
