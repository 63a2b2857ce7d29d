"""The one inversion: lower code reaches higher apps only through what they register here in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from wellspring.engine.records import SearchDocument


@dataclass(frozen=True, slots=True)
class SearchKind:
    """How the follower gets the search documents of one kind of thing."""

    kind: str
    documents: Callable[[Sequence[int]], Iterable[SearchDocument]]
    """Documents of these ids; an id without one is taken out of the index."""
    all_ids: Callable[[], Iterator[int]]
    """Every id that should be in the index, for a rebuild."""


_search_kinds: dict[str, SearchKind] = {}


def register_search_kind(kind: SearchKind) -> None:
    _search_kinds[kind.kind] = kind


def search_kinds() -> dict[str, SearchKind]:
    return dict(_search_kinds)


Sweep = Callable[[], int]
"""Enqueues work that has no task, as after a crash; returns how much. Called by a worker every half minute."""

_sweeps: dict[str, Sweep] = {}


def register_sweep(name: str, sweep: Sweep) -> None:
    """`name`: what is swept up, for the worker's log."""
    _sweeps[name] = sweep


def sweeps() -> dict[str, Sweep]:
    return dict(_sweeps)


@dataclass(frozen=True, slots=True)
class Chore:
    """Work that every worker does itself now and then; several workers do it more often, which must do no harm."""

    name: str
    """For the worker's log."""
    seconds: float
    """Between two times."""
    do: Callable[[], str]
    """Returns a line for the log; empty where there was nothing to do. Short: tasks wait meanwhile."""


_chores: dict[str, Chore] = {}


def register_chores(*chores: Chore) -> None:
    _chores.update((chore.name, chore) for chore in chores)


def chores() -> tuple[Chore, ...]:
    return tuple(_chores.values())


@dataclass(frozen=True, slots=True)
class Action:
    """What the audit trail can say: `code` as stored, `sentence` a marked message filled from the entry's data."""

    code: str
    sentence: str


_actions: dict[str, Action] = {}


def register_actions(*actions: Action) -> None:
    _actions.update((action.code, action) for action in actions)


def actions() -> dict[str, Action]:
    return dict(_actions)


@dataclass(frozen=True, slots=True)
class AuditSubject:
    """How the audit trail speaks of one kind of object."""

    object_type: str
    """Its model's label in lower case, such as `people.member`."""
    place: Callable[[Any], str]
    """Path of the unit that an object belongs to, at the time of the change; empty: none."""
    names: Callable[[Sequence[int]], Mapping[int, tuple[str, str]]]
    """Of these ids: what it is called, and the address of its page (empty: it has none)."""


_audit_subjects: dict[str, AuditSubject] = {}


def register_audit_subjects(*subjects: AuditSubject) -> None:
    _audit_subjects.update((subject.object_type, subject) for subject in subjects)


def audit_subjects() -> dict[str, AuditSubject]:
    return dict(_audit_subjects)


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page of the office's desk, in the order of its registration within its group."""

    url_name: str
    name: str
    """Marked message."""
    about: str
    """Marked message: what is done there, one sentence."""
    group: str
    """`people`, `library` or `office`."""
    permission: str
    """A `people.Permission`; who has it anywhere sees the page."""
    icon: str = ""
    waiting: Callable[[object], int] | None = None
    """Of a viewer: how many things wait there for a decision."""


_desk_pages: list[DeskPage] = []


def register_desk_pages(*pages: DeskPage) -> None:
    _desk_pages.extend(pages)


def desk_pages() -> tuple[DeskPage, ...]:
    return tuple(_desk_pages)


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A page that members reach from everywhere: from the menu with their name, and from the bar on a phone."""

    url_name: str
    name: str
    """Marked message."""
    icon: str
    order: int
    short: str = ""
    """Marked message, one word: its name in the bar; empty where it does not stand there."""
    permission: str = ""
    """A `people.Permission` that one must have somewhere; empty: whoever is signed in."""
    is_for_elders: bool = True
    """Whether the bar of 长辈版, which has room for four, shows it too."""


_member_pages: list[MemberPage] = []


def register_member_pages(*pages: MemberPage) -> None:
    _member_pages.extend(pages)
    _member_pages.sort(key=lambda page: page.order)


def member_pages() -> tuple[MemberPage, ...]:
    return tuple(_member_pages)


@dataclass(frozen=True, slots=True)
class TodayCard:
    """A part of `/today/`, the page where a member lands."""

    code: str
    template: str
    """Rendered with what `content` gave, as `card`; it brings its own `section` and heading."""
    content: Callable[[Any], Mapping[str, object] | None]
    """Of a viewer: what the template needs; None where the card has nothing to say to her."""
    order: int
    is_beside: bool = False
    """In the narrow column of a wide screen."""
    styles: str = ""
    """Static path of the style sheet it needs, if any."""


_today_cards: list[TodayCard] = []


def register_today_cards(*cards: TodayCard) -> None:
    _today_cards.extend(cards)
    _today_cards.sort(key=lambda card: card.order)


def today_cards() -> tuple[TodayCard, ...]:
    return tuple(_today_cards)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check of the installation found. `level`: `good`, `warning` or `wrong`."""

    level: str
    said: str
    """One sentence in the active language."""
    todo: str = ""
    """What to do about it, in the active language; empty where nothing is to be done."""


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """Something `wellspring doctor` and the desk's health page look at."""

    code: str
    name: str
    """Marked message."""
    look: Callable[[], Iterable[Finding]]


_health_checks: dict[str, HealthCheck] = {}


def register_health_checks(*checks: HealthCheck) -> None:
    _health_checks.update((check.code, check) for check in checks)


def health_checks() -> tuple[HealthCheck, ...]:
    return tuple(_health_checks.values())


@dataclass(frozen=True, slots=True)
class SignInOffer:
    """A person whom the sign-in page offers by one click, as the demo does."""

    name: str
    about: str
    """In the active language."""
    user_id: int
    address: str
    """Where `person` = `user_id` is posted to."""


SignInOffers = Callable[[HttpRequest], Sequence[SignInOffer]]
_sign_in_offers: list[SignInOffers] = []


def register_sign_in_offers(offers: SignInOffers) -> None:
    """`offers`: of a request, whom it may be signed in as; it decides for itself whether anybody may."""
    _sign_in_offers.append(offers)


def sign_in_offers(request: HttpRequest) -> list[SignInOffer]:
    return [offer for offers in _sign_in_offers for offer in offers(request)]


_share_target: list[str] = []


def register_share_target(url_name: str) -> None:
    """The page that takes what a phone's share sheet hands to the installed site: `title`, `text` and `url` by GET."""
    _share_target[:] = [url_name]


def share_target() -> str:
    """Its url_name; empty where no app takes any."""
    return _share_target[0] if _share_target else ""
