"""Dates and times as pages write them, read out of a text: figures, Chinese, English, seconds since 1970."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Final

from wellspring.engine.records import Precision

BEIJING: Final = timezone(timedelta(hours=8))

DATE: Final = re.compile(
    r"(?<![\d/])((?:19[89]|20[0-4])\d)(?:\s{0,2}[-/.年_]\s{0,2}|\s(?=\d\d\s?[/-]\s?\d\d\s))(\d{1,2})\s{0,2}[-/.月_]\s{0,2}(\d{1,2})(?!\d)\s{0,2}[日号]?"
    r"(?:(?:\s*[(（]?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*[)）]?|\s|T|,|，|-|&nbsp;){0,4}"
    r"(上午|下午|晚上|中午|凌晨|早上|清晨|傍晚)?\s?([0-2]?\d)\s?[:：时点]\s?([0-5]\d)(?:\s?[:：分]\s?([0-5]\d))?(?:\.\d+)?"
    r"\s?(Z|[+-][01]\d:?[0-5]\d)?)?"
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = r"((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6})\.?"
_DAY, _YEAR = r"(\d{1,2})(?:st|nd|rd|th)?", r"((?:19|20)\d\d)"
_CLOCK: Final = r"(?:,? (?:at )?(\d{1,2}):(\d\d)(?: ?([AaPp])\.?[Mm]\b)?)?"
_MONTH_FIRST: Final = re.compile(rf"\b{_MONTH} {_DAY},? {_YEAR}{_CLOCK}")
_DAY_FIRST: Final = re.compile(rf"\b{_DAY} {_MONTH},? {_YEAR}{_CLOCK}")
_COMPACT: Final = re.compile(r"^((?:19[89]|20[0-4])\d)([01]\d)([0-3]\d)(?:([0-2]\d)([0-5]\d)([0-5]\d)?)?$")
WITHOUT_YEAR: Final = re.compile(
    r"(?<![\d./-])(\d{2}[-/])?(\d{1,2})[-/月](\d{1,2})日?\s*([0-2]?\d)[:：]([0-5]\d)(?:[:：]([0-5]\d))?(?!\d)"
)
STAMP: Final = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[-/.月]\d{1,2}日?\s?\d{1,2}:\d\d|\d{1,3}\s?(?:分钟|小时|天)前)"
)
"""A date or time of any form, as lists and comments have one for each entry."""
_IN_A_STAMP: Final = re.compile(r"[-/.年月](?<=\d.)|前(?<=[钟时天]前)")
"""What stands in every `STAMP`, and is looked for faster."""
_LONGEST: Final = 1000
EARLIEST: Final = datetime(1990, 1, 1, tzinfo=BEIJING)


def parse_time(text: str) -> tuple[datetime, Precision] | None:
    """The first full date in a text, with its time of day if one follows; +08:00 where no zone is given."""
    text = text[:_LONGEST].strip()
    match = DATE.search(text)
    if match is not None:
        return built_from(match)
    named = with_named_month(text)
    if named is not None:
        return named[:2]
    compact = _COMPACT.match(text)
    if compact is not None:
        return moment(compact[1], compact[2], compact[3], compact[4], compact[5], compact[6], None)
    if text.isdecimal() and len(text) in (10, 13):
        return _from_epoch(text)
    return None


def has_stamp(text: str) -> bool:
    """Whether a `STAMP` stands in a text."""
    return _IN_A_STAMP.search(text) is not None and STAMP.search(text) is not None


def built_from(match: re.Match[str]) -> tuple[datetime, Precision] | None:
    """The moment that a match of DATE stands for; None for a day that does not exist."""
    year, month, day, half, hour, minute, second, zone = match.groups()
    if hour is not None and half:
        hour = _of_24(int(hour), half)
    return moment(year, month, day, hour, minute, second, zone)


def _of_24(hour: int, half: str) -> str:
    """The hour on a 24-hour clock: 下午3 is 15, 上午12 and 凌晨12 are 0, 中午1 is 13."""
    if hour < 12 and (half in ("下午", "晚上", "傍晚") or (half == "中午" and hour < 6)):
        hour += 12
    elif hour == 12 and half in ("上午", "凌晨"):
        hour = 0
    return str(hour)


def moment(
    year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None, zone: str | None
) -> tuple[datetime, Precision] | None:
    """A moment from the texts of its parts; None where there is none such."""
    try:
        at = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=BEIJING
        )
    except ValueError:
        return None
    if hour is None:
        return at, Precision.DAY
    if zone:
        offset = timedelta() if zone == "Z" else timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        if zone.startswith("-"):
            offset = -offset
        if offset >= timedelta(hours=15) or offset <= -timedelta(hours=15):
            return None
        at = at.replace(tzinfo=timezone(offset))
    return at, Precision.MINUTE if second is None else Precision.SECOND


def with_named_month(text: str) -> tuple[datetime, Precision, int] | None:
    """`June 5, 2025, 3:04 PM` or `5 June 2025 15:04`, and where it begins."""
    first = _MONTH_FIRST.search(text)
    match = first or _DAY_FIRST.search(text)
    if match is None:
        return None
    month, day = (match[1], match[2]) if first else (match[2], match[1])
    hour = match[4]
    if hour and match[6]:
        hour = str(int(hour) % 12 + (12 if match[6] in "Pp" else 0))
    made = moment(match[3], str(_MONTHS.index(month[:3].lower()) + 1), day, hour, match[5], None, None)
    return (*made, match.start()) if made else None


def _from_epoch(digits: str) -> tuple[datetime, Precision] | None:
    at = datetime.fromtimestamp(int(digits[:10]), BEIJING)
    return (at, Precision.SECOND) if at > EARLIEST else None
