"""Addresses of the office's calendar and of the audit trail."""

from typing import Any

from tests.web.addresses.answers import POST_ONLY, only

TABLE = {
    "people:audit": only("leader", "administrator", "stranger"),
    "people:calendar": only("leader", "administrator", "stranger"),
    "people:calendar_day": only("leader", "administrator", "stranger"),
    "people:calendar_restore": POST_ONLY,
}


def arguments() -> dict[str, dict[str, Any]]:
    """A day."""
    return {name: {"day": "2026-10-08"} for name in ("people:calendar_day", "people:calendar_restore")}
