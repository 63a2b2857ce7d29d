"""Health checks: a check that breaks is told, the others are still looked at; core's own checks."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from wellspring.core import health, registry
from wellspring.core.lifelocks import LifeLock, living
from wellspring.core.registry import Finding, HealthCheck


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_health_checks", {})


def test_a_check_that_breaks_is_a_finding_and_the_others_are_looked_at(checks: None) -> None:
    def broken() -> Iterator[Finding]:
        raise OSError("no such disk")

    registry.register_health_checks(
        HealthCheck("fine", "Fine", lambda: [Finding("good", "all well")]),
        HealthCheck("broken", "Broken", broken),
    )
    worst, best = health.examined()
    assert (worst.check.code, worst.level, best.level) == ("broken", "wrong", "good")
    assert "no such disk" in worst.findings[0].said


@pytest.mark.django_db
def test_keys_that_others_can_read_are_named(tmp_path: Path, settings: Settings) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, data=tmp_path)
    (tmp_path / "secret_key").write_text("x")
    (tmp_path / "secret_key").chmod(0o644)
    (finding,) = health._secrets()
    assert finding.level == "warning"
    assert "secret_key" in finding.said
    (tmp_path / "secret_key").chmod(0o600)
    assert [found.level for found in health._secrets()] == ["good"]


def test_what_a_public_site_lacks_is_told_with_what_to_do(settings: Settings) -> None:
    settings.ENVIRONMENT = dataclasses.replace(
        settings.ENVIRONMENT, contact="", public_url="http://a.example", debug=True
    )
    found = list(health._settings())
    assert [finding.level for finding in found] == ["wrong", "warning", "warning"]
    assert all(finding.todo for finding in found)
    settings.ENVIRONMENT = dataclasses.replace(
        settings.ENVIRONMENT, contact="a@b.example", public_url="https://a.example", debug=False
    )
    assert [finding.level for finding in health._settings()] == ["good"]


@pytest.mark.django_db
def test_the_database_answers_with_its_version() -> None:
    (finding,) = health._database()
    assert finding.level == "good"


def test_the_living_are_counted_and_the_dead_are_not(tmp_path: Path) -> None:
    lock = LifeLock(tmp_path)
    (tmp_path / "a-dead-one").touch()
    assert living(tmp_path) == 1
    lock.close()
    assert living(tmp_path) == 0
    assert living(tmp_path / "nowhere") == 0
