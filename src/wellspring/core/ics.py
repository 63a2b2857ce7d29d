"""Private calendar feeds as iCalendar files: their addresses, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext

from wellspring.core.calendar_sources import CalendarEntry, calendar_sources
from wellspring.core.models import CalendarFeed, User

if TYPE_CHECKING:
    from icalendar import Event

BEHIND, AHEAD = timedelta(days=92), timedelta(days=400)
"""What a feed tells of, around today."""
_REFRESH = timedelta(hours=12)
_SIGNER = "wellspring.calendar-feed"


def token_of(feed: CalendarFeed) -> str:
    """What stands in the feed's address. Nobody makes one without the secret key; the next turn takes it back."""
    return _signer().sign(f"{feed.user_id}.{feed.turn}")


def user_of_token(token: str) -> User | None:
    """Whose feed this is; None for an address that was never given out, was taken back, or is of a closed account."""
    try:
        user_id, turn = _signer().unsign(token).split(".")
        feed = CalendarFeed.objects.select_related("user").get(user_id=int(user_id), turn=int(turn), is_on=True)
    except (BadSignature, ValueError, CalendarFeed.DoesNotExist):
        return None
    return feed.user if feed.user.is_active else None


def calendar_file(viewer: object, *, today: date, address: str = "") -> bytes:
    """The iCalendar file of everything that apps have for this viewer, in the active language.

    `address`: where pages of this installation stand, `https://…`, without a slash at the end.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Wellspring//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = settings.ENVIRONMENT.site_name or gettext("Wellspring")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    host = urlsplit(address).hostname or "wellspring.invalid"
    stamp = datetime.now(UTC)
    for source in calendar_sources():
        for entry in source.entries(viewer, today - BEHIND, today + AHEAD):
            calendar.add_component(_event(entry, f"{source.code}-{entry.key}@{host}", stamp, address))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, uid: str, stamp: datetime, address: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("summary", entry.title)
    if isinstance(entry.begins, datetime):
        event.add("dtstart", entry.begins.astimezone(UTC))
        assert isinstance(entry.ends, datetime)
        event.add("dtend", entry.ends.astimezone(UTC))
    else:
        event.add("dtstart", entry.begins)
        event.add("dtend", entry.ends + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    if entry.note:
        event.add("description", entry.note)
    if entry.path and address:
        event.add("url", address + entry.path)
    return event


def runs_of_days(days: Iterable[tuple[date, str]]) -> list[tuple[date, date, str]]:
    """Days side by side with the same words, as first day, last day, words."""
    runs: list[tuple[date, date, str]] = []
    for day, words in days:
        if runs and runs[-1][1] + timedelta(days=1) == day and runs[-1][2] == words:
            runs[-1] = (runs[-1][0], day, words)
        else:
            runs.append((day, day, words))
    return runs


def _signer() -> Signer:
    return Signer(sep="~", salt=_SIGNER)
