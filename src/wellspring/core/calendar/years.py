"""What is known of a year without the office: the State Council's notices, the law's holidays, the weekday rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from wellspring.engine.errors import marked

_HOLIDAYS = {
    "New Year": marked("New Year's Day"),
    "Chinese New Year": marked("Spring Festival"),
    "Spring Festival": marked("Spring Festival"),
    "Tomb": marked("Tomb-Sweeping Day"),
    "Labo": marked("Labour Day"),
    "Dragon Boat": marked("Dragon Boat Festival"),
    "Mid-": marked("Mid-Autumn Festival"),
    "National Day": marked("National Day"),
    "Anti-Fascist": marked("70th anniversary of the victory in the War of Resistance"),
}
"""Beginning of the name in either library → ours, as a message."""


@lru_cache(maxsize=64)
def notice_of(year: int) -> tuple[Mapping[date, str], Mapping[date, str]] | None:
    """Days off and swapped workdays of the year as the State Council announced them, day → name of the holiday.

    None where no notice is known: before the first year that `chinesecalendar` has, and before the notice of a later
    one (published in the last weeks of the year before).
    """
    from chinese_calendar import constants

    if not any(day.year == year for day in constants.workdays):
        return None
    off, swapped = (
        {day: _ours(name) for day, name in table.items() if day.year == year}
        for table in (constants.holidays, constants.workdays)
    )
    return off, swapped


@lru_cache(maxsize=64)
def statutory_holidays(year: int) -> Mapping[date, str]:
    """The holidays that the law itself names, without any swap: what is known of a year before its notice."""
    import holidays

    found = holidays.country_holidays("CN", years=year, language="en_US")
    return {day: _ours(name) for day, name in found.items() if day.year == year}


def _ours(name: str) -> str:
    return next((ours for theirs, ours in _HOLIDAYS.items() if name.startswith(theirs)), name)
