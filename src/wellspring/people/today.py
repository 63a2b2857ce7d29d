"""What a member finds on `/today/`: the day, where she belongs, what waits for her, and the cards of the apps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core.calendar.days import Day, day_of
from wellspring.core.calendar.lunar import LunarDay, lunar_of
from wellspring.core.registry import DeskPage, TodayCard, today_cards
from wellspring.people.desk import desk_of
from wellspring.people.models import RoleName
from wellspring.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Belonging:
    """A unit she belongs to, and as what."""

    org_name: str
    roles: tuple[str, ...]
    """In the reader's language, in the order of `RoleName`."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page of the desk where something waits for a decision."""

    page: DeskPage
    count: int


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card of an app with what it shows to this viewer."""

    card: TodayCard
    content: Mapping[str, object]

    @property
    def template(self) -> str:
        return self.card.template

    @property
    def styles(self) -> str:
        return self.card.styles

    @property
    def is_beside(self) -> bool:
        return self.card.is_beside


@dataclass(frozen=True, slots=True)
class TodaysDate:
    """The day as an office's wall calendar has it."""

    day: Day
    lunar: LunarDay

    @property
    def told(self) -> str:
        """Whether it is a workday, and the holiday's name where it has one."""
        return " · ".join(part for part in (self.day.told_name, self.day.told_kind) if part)


def todays_date() -> TodaysDate:
    """Today in the house's zone, with its lunar date: one query."""
    today = timezone.localdate()
    return TodaysDate(day_of(today), lunar_of(today))


def greeting(moment: datetime) -> str:
    """The greeting that suits the hour, in the house's zone."""
    hour = timezone.localtime(moment).hour
    if 5 <= hour < 11:
        return _("Good morning")
    if 11 <= hour < 13:
        return _("Good day")
    return _("Good afternoon") if 13 <= hour < 18 else _("Good evening")


def belongings(viewer: Viewer) -> list[Belonging]:
    """Her units with her roles there, top units first."""
    return [
        Belonging(place.org_name, tuple(str(role.label) for role in RoleName if role in place.roles))
        for place in viewer.places
    ]


def waiting_for(viewer: Viewer) -> list[Waiting]:
    """Pages of her desk with something to decide; the others are left out."""
    pages = (page for group in desk_of(viewer) for page in group.pages if page.waiting is not None)
    counted = ((page, page.waiting(viewer)) for page in pages if page.waiting is not None)
    return [Waiting(page, count) for page, count in counted if count]


def cards_for(viewer: Viewer) -> list[ShownCard]:
    """The cards that have something to say to her, in their order."""
    shown = ((card, card.content(viewer)) for card in today_cards())
    return [ShownCard(card, content) for card, content in shown if content is not None]
