"""Chores are done when they are due, and one that fails neither ends the worker nor keeps the others waiting."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from wellspring.core import registry
from wellspring.core.registry import Chore
from wellspring.core.work.chores import Chores


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the chores of the test did; no others are registered."""
    monkeypatch.setattr(registry, "_chores", {})
    return []


def chore(name: str, done: list[str], *, seconds: float = 60.0, told: str = "done") -> Chore:
    def do() -> str:
        done.append(name)
        return told

    return Chore(name, seconds, do)


def test_a_chore_is_done_at_once_and_then_when_it_is_due_again(done: list[str]) -> None:
    registry.register_chores(chore("often", done, seconds=0.0), chore("seldom", done))
    chores = Chores()
    chores.do_due()
    chores.do_due()
    assert done == ["often", "seldom", "often"]


def test_all_are_done_before_a_worker_ends_and_those_with_something_to_do_are_counted(done: list[str]) -> None:
    registry.register_chores(chore("busy", done), chore("idle", done, told=""))
    chores = Chores()
    assert chores.do_all() == 1
    assert done == ["busy", "idle"]


def test_a_chore_that_fails_is_logged_and_rests_while_the_others_go_on(
    done: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    registry.register_chores(Chore("broken", 0.0, lambda: str(1 / 0)), chore("whole", done, seconds=0.0))
    chores = Chores()
    chores.do_due()
    chores.do_due()
    assert done == ["whole", "whole"]
    assert [record.message for record in caplog.records if "broken" in record.message] == ["broken failed"]


def test_a_database_that_does_not_answer_is_the_workers_business(done: list[str]) -> None:
    def fails() -> str:
        raise OperationalError

    registry.register_chores(Chore("asks", 0.0, fails))
    with pytest.raises(OperationalError):
        Chores().do_due()
