"""Imports and foreign keys point down."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import ForeignKey, ManyToManyField

ROOT = Path(__file__).parents[2]
LOWEST_FIRST = (
    "core",
    "people",
    "topics",
    "plan",
    "library",
    "mediation",
    "chair",
    "mentoring",
    "sharing",
    "growth",
    "demo",
)


def test_imports_point_down() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_app_of_the_house_has_its_place_in_the_order() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("wellspring.")}
    assert ours <= set(LOWEST_FIRST)


def test_foreign_keys_point_down() -> None:
    order = {label: place for place, label in enumerate(LOWEST_FIRST)}
    upward = []
    for model in apps.get_models():
        if not model.__module__.startswith("wellspring."):
            continue
        here = order[model._meta.app_label]
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if not isinstance(field, ForeignKey | ManyToManyField):
                continue
            target = field.related_model
            assert not isinstance(target, str)
            if target.__module__.startswith("wellspring.") and order[target._meta.app_label] > here:
                upward.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert not upward, "\n".join(upward)


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    told = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=told)
    except SystemExit:
        pytest.fail(told.getvalue())


def test_migrations_import_no_app_code() -> None:
    # A lambda or class of today's code in an old migration breaks it the day that code changes.
    allowed = ("import django", "from django", "from wellspring.core.migrations", "import wellspring.core.models")
    strange = [
        f"{path.relative_to(ROOT)}: {line}"
        for path in (ROOT / "src").rglob("migrations/0*.py")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith(("import wellspring", "from wellspring")) and not line.startswith(allowed)
    ]
    assert not strange, "\n".join(strange)
