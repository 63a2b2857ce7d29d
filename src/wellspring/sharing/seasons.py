"""Seasons and months on which a kept idea comes back, turned into the next such day."""

from __future__ import annotations

from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The month in which each begins."""


def next_day_of(season: str, today: date) -> date:
    """The first day of a season (`spring`) or month (`3`), after today. ValueError for what is neither."""
    month = SEASONS.get(season) or int(season)
    first = date(today.year, month, 1)
    return first if first > today else first.replace(year=today.year + 1)


def seasons_to_choose(today: date) -> list[tuple[str, str]]:
    """Code and words of seasons and months with the day that each means now, seasons first."""
    names = {"spring": _("spring"), "summer": _("summer"), "autumn": _("autumn"), "winter": _("winter")}
    rows = [*names.items(), *((str(number), str(MONTHS[number])) for number in MONTHS)]
    return [
        (code, _("%(season)s (on %(day)s)") % {"season": name, "day": next_day_of(code, today).isoformat()})
        for code, name in rows
    ]


def season_in_words(season: str) -> str:
    """What a kept idea's condition is called where a season was chosen and nothing written."""
    names = {"spring": _("in spring"), "summer": _("in summer"), "autumn": _("in autumn"), "winter": _("in winter")}
    return names.get(season) or _("in %(month)s") % {"month": MONTHS[int(season)]}
