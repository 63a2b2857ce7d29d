"""When a person may be disturbed: quiet hours, rest days, and the hour of her daily mail."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from wellspring.core.calendar import WorkCalendar
from wellspring.core.models import MailPace, NoticeSettings

_DAYS_LOOKED_AHEAD = 60


def mail_due(wishes: NoticeSettings, now: datetime, calendar: WorkCalendar) -> datetime:
    """When a notice of `now` may leave by mail: at once, or when quiet hours, rest days or the daily mail allow it."""
    if wishes.mail_pace == MailPace.DAILY:
        local = timezone.localtime(now)
        day = local.date() if local.time() < wishes.digest_at else local.date() + timedelta(days=1)
        return _moment(_allowed_day(day, wishes, calendar), wishes.digest_at)
    return next_loud_moment(now, wishes, calendar)


def next_loud_moment(now: datetime, wishes: NoticeSettings, calendar: WorkCalendar) -> datetime:
    """`now`, or the first moment after it that is neither in the quiet hours nor on a day left free."""
    local = timezone.localtime(now)
    allowed = _allowed_day(local.date(), wishes, calendar)
    clock = local.time().replace(tzinfo=None)
    if allowed != local.date():
        clock = time(0)
    quiet_from, quiet_until = wishes.quiet_from, wishes.quiet_until
    if quiet_from > quiet_until:  # over midnight
        if clock >= quiet_from:
            return _moment(_allowed_day(allowed + timedelta(days=1), wishes, calendar), quiet_until)
        if clock < quiet_until:
            return _moment(allowed, quiet_until)
    elif quiet_from <= clock < quiet_until:
        return _moment(allowed, quiet_until)
    return now if allowed == local.date() else _moment(allowed, clock)


def _allowed_day(day: date, wishes: NoticeSettings, calendar: WorkCalendar) -> date:
    if wishes.rest_days:
        return day
    days = (day + timedelta(days=ahead) for ahead in range(_DAYS_LOOKED_AHEAD))
    return next((each for each in days if calendar.day(each).is_workday), day)


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
