"""The year as the TOML files tell it, read into frozen records; days count from the session."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

SESSIONS = 12


@dataclass(frozen=True, slots=True)
class ToldDecision:
    status: str
    reason: str
    days: int = 0
    due: int | None = None
    """Of a study: its deadline, in days."""
    when: str = ""
    """Of an idea kept for later: the condition."""
    back: int | None = None
    """Of an idea kept for later: the day it comes back."""


@dataclass(frozen=True, slots=True)
class ToldUpdate:
    days: int
    by: str
    text: str
    value: Decimal | None = None
    risk: bool = False


@dataclass(frozen=True, slots=True)
class ToldOutcome:
    days: int
    by: str
    verdict: str
    text: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class ToldPostponement:
    days: int
    by: str
    until: int
    reason: str


@dataclass(frozen=True, slots=True)
class ToldItem:
    period: str
    goal: str
    measure: str
    unit: str
    baseline: Decimal
    target: Decimal
    owner: str
    co_owners: tuple[str, ...]
    days: int
    """When the idea entered the plan."""
    due: int
    progress: tuple[ToldUpdate, ...]
    postponed: ToldPostponement | None = None
    outcome: ToldOutcome | None = None


@dataclass(frozen=True, slots=True)
class ToldVersion:
    days: int
    by: str
    note: str
    text: str


@dataclass(frozen=True, slots=True)
class ToldIdea:
    title: str
    details: str
    endorsed: tuple[str, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    """Who said what, in order."""
    decisions: tuple[ToldDecision, ...] = ()
    study: tuple[ToldVersion, ...] = ()
    contributors: tuple[str, ...] = ()
    plan: ToldItem | None = None
    is_open: bool = False
    topic: str = ""
    """Slug; only of ideas without a talk."""
    months: int = 0
    """Ago; only of ideas without a talk."""


@dataclass(frozen=True, slots=True)
class ToldTalk:
    author: str
    topic: str
    title: str
    current_state: str
    causes: str
    takeaways: str
    evidence: tuple[tuple[str, str], ...]
    """Report of the sample news sites (`outlet/number`) and what it shows."""
    ideas: tuple[ToldIdea, ...]


@dataclass(frozen=True, slots=True)
class ToldSession:
    host: str
    talks: tuple[ToldTalk, ...]
    takeaways: dict[str, str] = field(default_factory=dict)


@lru_cache
def told_year() -> tuple[ToldSession, ...]:
    """The twelve sessions, the earliest first."""
    return tuple(_session(_read(f"{number:02}.toml")) for number in range(1, SESSIONS + 1))


@lru_cache
def told_next() -> ToldSession:
    """The session that lies ahead: of its talk only what its author has written so far."""
    return _session(_read("next.toml"))


@lru_cache
def neighbours_ideas() -> tuple[ToldIdea, ...]:
    """What the neighbouring community of the demo has opened to others."""
    return tuple(_idea(each) for each in _read("neighbour.toml")["ideas"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text("utf-8"), parse_float=Decimal)


def _session(told: dict[str, Any]) -> ToldSession:
    return ToldSession(told["host"], tuple(_talk(each) for each in told["talks"]), told.get("takeaways", {}))


def _talk(told: dict[str, Any]) -> ToldTalk:
    told = dict(told)
    evidence = tuple((each["report"], each["note"]) for each in told.pop("evidence"))
    return ToldTalk(**told_but(told, "suggestions"), evidence=evidence, ideas=tuple(map(_idea, told["suggestions"])))


def _idea(told: dict[str, Any]) -> ToldIdea:
    plan = told.get("plan")
    return ToldIdea(
        **told_but(told, "endorsed", "remarks", "decisions", "study", "contributors", "plan", "open"),
        endorsed=tuple(told.get("endorsed", ())),
        remarks=tuple((by, text) for by, text in told.get("remarks", ())),
        decisions=tuple(ToldDecision(**each) for each in told.get("decisions", ())),
        study=tuple(ToldVersion(**each) for each in told.get("study", ())),
        contributors=tuple(told.get("contributors", ())),
        plan=_item(plan) if plan else None,
        is_open=told.get("open", False),
    )


def _item(told: dict[str, Any]) -> ToldItem:
    postponed, outcome = told.get("postponed"), told.get("outcome")
    return ToldItem(
        **told_but(told, "co_owners", "baseline", "target", "progress", "postponed", "outcome"),
        co_owners=tuple(told["co_owners"]),
        baseline=Decimal(told["baseline"]),
        target=Decimal(told["target"]),
        progress=tuple(ToldUpdate(**_with_value(each)) for each in told["progress"]),
        postponed=ToldPostponement(**postponed) if postponed else None,
        outcome=ToldOutcome(**_with_value(outcome)) if outcome else None,
    )


def _with_value(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "value": Decimal(told["value"])} if "value" in told else told


def told_but(told: dict[str, Any], *names: str) -> dict[str, Any]:
    """What is told, without these names."""
    return {name: value for name, value in told.items() if name not in names}
