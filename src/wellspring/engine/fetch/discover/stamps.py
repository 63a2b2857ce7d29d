"""Times as feeds and sitemaps write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

CHINA = timezone(timedelta(hours=8))
_PLAIN = re.compile(r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*$")


def feed_time(stamp: str | None) -> datetime | None:
    """The moment of an RFC 822, W3C or plain Chinese date, in UTC; +08:00 where it names no zone.

    None where it cannot be read or the calendar cannot hold it.
    """
    stamp = (stamp or "").strip()[:80]
    if not stamp:
        return None
    time = _w3c(stamp) or _mail(stamp) or _plain(stamp)
    if time is None:
        return None
    try:
        return (time if time.tzinfo else time.replace(tzinfo=CHINA)).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _w3c(stamp: str) -> datetime | None:
    if re.fullmatch(r"\d{4}-\d{2}", stamp):
        stamp += "-01"
    try:
        return datetime.fromisoformat(stamp)
    except ValueError:
        return None


def _mail(stamp: str) -> datetime | None:
    try:
        return parsedate_to_datetime(stamp)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _plain(stamp: str) -> datetime | None:
    found = _PLAIN.match(stamp)
    if not found:
        return None
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the caller gives the zone
    except ValueError:
        return None
