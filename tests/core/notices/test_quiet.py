"""Quiet hours, rest days and the daily mail, on the house's clock (+08:00)."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from wellspring.core.calendar import WorkCalendar
from wellspring.core.models import MailPace, NoticeSettings
from wellspring.core.notices.quiet import mail_due

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-10 12:00", "2026-03-10 12:00"),  # a Tuesday
        ("2026-03-10 07:30", "2026-03-10 07:30"),
        ("2026-03-10 07:29:59", "2026-03-10 07:30"),
        ("2026-03-10 00:00", "2026-03-10 07:30"),
        ("2026-03-10 21:29:59", "2026-03-10 21:29:59"),
        ("2026-03-10 21:30", "2026-03-11 07:30"),
        ("2026-03-13 22:00", "2026-03-16 07:30"),  # Friday night waits for Monday
        ("2026-03-14 12:00", "2026-03-16 07:30"),
        ("2026-03-15 23:59", "2026-03-16 07:30"),
        ("2025-09-30 22:00", "2025-10-09 07:30"),  # over the National Day
        ("2025-09-28 12:00", "2025-09-28 12:00"),  # a Sunday that is worked
    ],
)
def test_mail_waits_for_the_morning_of_a_workday(now: str, due: str) -> None:
    assert mail_due(NoticeSettings(), at(now), WorkCalendar()) == at(due)


@pytest.mark.parametrize(
    ("quiet", "now", "due"),
    [
        (("12:00", "14:00"), "2026-03-10 13:00", "2026-03-10 14:00"),
        (("12:00", "14:00"), "2026-03-10 23:00", "2026-03-10 23:00"),
        (("12:00", "12:00"), "2026-03-10 12:00", "2026-03-10 12:00"),
        (("22:00", "06:00"), "2026-03-14 13:00", "2026-03-14 13:00"),
        (("22:00", "06:00"), "2026-03-14 23:00", "2026-03-15 06:00"),
    ],
)
def test_everybody_has_quiet_hours_of_her_own(quiet: tuple[str, str], now: str, due: str) -> None:
    wishes = NoticeSettings(
        quiet_from=time.fromisoformat(quiet[0]), quiet_until=time.fromisoformat(quiet[1]), rest_days=True
    )
    assert mail_due(wishes, at(now), WorkCalendar()) == at(due)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-10 07:00", "2026-03-10 08:30"),
        ("2026-03-10 08:30", "2026-03-11 08:30"),
        ("2026-03-13 12:00", "2026-03-16 08:30"),
    ],
)
def test_a_daily_mail_comes_at_its_hour_on_workdays(now: str, due: str) -> None:
    assert mail_due(NoticeSettings(mail_pace=MailPace.DAILY), at(now), WorkCalendar()) == at(due)
