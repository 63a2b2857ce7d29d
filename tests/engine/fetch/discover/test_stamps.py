"""Times in feeds and sitemaps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wellspring.engine.fetch.discover.stamps import feed_time

MOMENT = datetime(2023, 12, 15, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "stamp",
    [
        "Fri, 15 Dec 2023 03:09:00 GMT",
        "Fri, 15 Dec 2023 11:09:00 +0800",
        "15 Dec 2023 11:09 +0800",
        "2023-12-15T11:09:00+08:00",
        "2023-12-15T03:09:00Z",
        "2023-12-15T03:09:00.000Z",
        " 2023-12-15 11:09:00 ",
        "2023/12/15 11:09:00",
        "2023-12-15 11:09",
        "2023年12月15日 11:09",
    ],
)
def test_a_time_is_read_and_no_zone_means_chinese_time(stamp: str) -> None:
    assert feed_time(stamp) == MOMENT


def test_a_day_begins_at_chinese_midnight() -> None:
    assert feed_time("2023-12-15") == datetime(2023, 12, 14, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "stamp", [None, "", "soon", "2023-02-31", "0001-01-01T00:00:00+08:00", "9" * 500, "2023-13-01"]
)
def test_what_is_no_time_is_none(stamp: str | None) -> None:
    assert feed_time(stamp) is None
