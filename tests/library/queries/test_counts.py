"""Counts are exact in a small library and at most a minute old in a large one."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import Settings

from tests.library.factories import make_snapshot, make_topic
from wellspring.library.queries import counts
from wellspring.library.queries.counts import LibrarySize, library_size, outlets, topics_with_counts
from wellspring.people.viewer import GUEST

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.clear()


def test_a_small_library_counts_anew_each_time() -> None:
    make_snapshot(topics=[make_topic()], captured_at=timezone.now())
    assert library_size(viewer=GUEST) == LibrarySize(1, 1)
    make_snapshot(topics=[make_topic()], captured_at=timezone.now() - timedelta(days=2))
    assert library_size(viewer=GUEST) == LibrarySize(2, 1)
    assert topics_with_counts(viewer=GUEST) == [(make_topic(), 2)]
    assert [(outlet.name, outlet.count) for outlet in outlets(viewer=GUEST)] == [("东篱时报", 2)]


def test_earlier_versions_are_not_counted() -> None:
    latest = make_snapshot()
    make_snapshot(url=latest.original_url, is_latest=False)
    assert library_size(viewer=GUEST).count == 1


def test_a_large_library_remembers_its_counts_but_not_for_guests_of_a_closed_house(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(counts, "_LARGE", 1)
    make_snapshot(topics=[make_topic()])
    library_size(viewer=GUEST), topics_with_counts(viewer=GUEST), outlets(viewer=GUEST)
    make_snapshot(topics=[make_topic()])
    assert library_size(viewer=GUEST).count == 1
    assert topics_with_counts(viewer=GUEST)[0][1] == 1
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, members_only=True)
    assert library_size(viewer=GUEST) == LibrarySize(0, 0)
    assert topics_with_counts(viewer=GUEST) == []
    assert outlets(viewer=GUEST) == []
