"""The awkward addresses of the sample sites: what a crawler meets on the real web, in small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .outlets import Outlet
from .reports import Report


class TrapKind(StrEnum):
    MISSING = "missing"
    GONE = "gone"
    REDIRECT = "redirect"
    CUT_OFF = "cut_off"
    """The connection breaks in the middle of the page."""
    GARBLED = "garbled"
    """Bytes that are no text in any encoding."""
    DISALLOWED = "disallowed"
    """A page in the corner that robots.txt closes."""


@dataclass(frozen=True, slots=True)
class Trap:
    kind: TrapKind
    path: str
    title: str
    published_at: datetime
    target: str = ""
    """Where a redirect leads to."""


def traps_of(outlet: Outlet, reports: Sequence[Report], started_at: datetime) -> tuple[Trap, ...]:
    """The traps of a site, linked from its lists and feeds like any report."""

    def trap(kind: TrapKind, number: int, title: str, days: int, path: str = "") -> Trap:
        then = started_at - timedelta(days=days, hours=3)
        return Trap(kind, path or outlet.path_of(number, then), title, then)

    match outlet.slug:
        case "gov":
            return (
                trap(TrapKind.MISSING, 998, "关于部分社区服务站调整开放时间的通知", 4),
                trap(TrapKind.CUT_OFF, 999, "菱湖新区召开小区物业服务质量提升推进会", 6),
            )
        case "daily":
            moved = next((report for report in reports if report.arrives_at is None), None)
            gone = trap(TrapKind.GONE, 998, "一篇已经撤下的旧报道", 9)
            if moved is None:
                return (gone,)
            target = outlet.path_of(moved.number, moved.published_at)
            link = f"/share/{moved.number}"
            return (gone, Trap(TrapKind.REDIRECT, link, moved.title, moved.published_at, target))
        case "county":
            return (trap(TrapKind.GARBLED, 998, "柳桥街道举行社区运动会", 8),)
        case "portal":
            return (trap(TrapKind.DISALLOWED, 1, "内部参考：一周舆情摘要", 2, "/inner/neican-1.html"),)
        case _:
            return ()


DISALLOWED_FOLDER = "/inner/"
