"""Workdays, holidays, 调休 and 农历: what kind of day a day is, and counting in workdays."""

from .counting import Counted, add_workdays, next_workday, rolled_to_workday
from .days import Day, Kind, Origin, WorkCalendar, day_of, days_between, is_announced
from .lunar import LunarDay, lunar_of

__all__ = [
    "Counted",
    "Day",
    "Kind",
    "LunarDay",
    "Origin",
    "WorkCalendar",
    "add_workdays",
    "day_of",
    "days_between",
    "is_announced",
    "lunar_of",
    "next_workday",
    "rolled_to_workday",
]
