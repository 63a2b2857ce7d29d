"""Addresses of the office's calendar, of private ones, and of the audit trail."""

from typing import Any

from tests.people.factories import make_user
from tests.web.addresses.answers import POST_ONLY, everybody, only, signed_in
from wellspring.core.ics import token_of
from wellspring.core.models import CalendarFeed

TABLE = {
    "people:audit": only("leader", "administrator", "stranger"),
    "people:calendar": only("leader", "administrator", "stranger"),
    "people:calendar_day": only("leader", "administrator", "stranger"),
    "people:calendar_restore": POST_ONLY,
    "people:feed": everybody(200, is_page=False),  # whoever has the address
    "people:own_feed": signed_in(),
    "people:feed_renew": POST_ONLY,
    "people:feed_close": POST_ONLY,
}


def arguments() -> dict[str, dict[str, Any]]:
    """A day, and somebody's private calendar."""
    token = token_of(CalendarFeed.objects.create(user=make_user()))
    days = {name: {"day": "2026-10-08"} for name in ("people:calendar_day", "people:calendar_restore")}
    return {**days, "people:feed": {"token": token}}
