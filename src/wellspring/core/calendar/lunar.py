"""农历: the lunar date of a day, and the solar term that begins on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class LunarDay:
    """In Chinese, as such dates are only ever written."""

    month: str
    """正月, 闰六月 …"""
    day: str
    """初一, 十五 …"""
    term: str
    """The solar term (节气) that begins on this day; empty on all others."""
    year: str
    """丙午马年."""

    @property
    def short(self) -> str:
        """What a cell of a calendar shows: the term, the month on its first day, else the day."""
        return self.term or (self.month if self.day == "初一" else self.day)

    @property
    def long(self) -> str:
        return f"{self.year} {self.month}{self.day}" + (f" {self.term}" if self.term else "")


@lru_cache(maxsize=4096)
def lunar_of(day: date) -> LunarDay:
    """The lunar date of a day between 1900 and 2100."""
    from lunar_python import Solar

    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return LunarDay(
        month=f"{lunar.getMonthInChinese()}月",
        day=lunar.getDayInChinese(),
        term=lunar.getJieQi(),
        year=f"{lunar.getYearInGanZhi()}{lunar.getYearShengXiao()}年",
    )
