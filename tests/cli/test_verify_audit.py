"""`wellspring verify` on the audit trail: each kind of damage is named with its entry, and the exit status says so."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from django.db import transaction

from wellspring.cli.verify import command
from wellspring.core import audit
from wellspring.core.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)


def write(count: int) -> None:
    with transaction.atomic():
        for _ in range(count):
            audit.record("demo.left", actor=None)


def test_an_unbroken_trail_is_said_in_one_line() -> None:
    write(3)
    done = CliRunner().invoke(command, [])
    assert done.exit_code == 0, done.output
    assert "3" in done.output.splitlines()[-1]
    assert json.loads(CliRunner().invoke(command, ["--json"]).stdout)["audit"] == {"entries": 3, "broken": []}


@pytest.mark.parametrize(
    ("harm", "number", "problem"),
    [
        (lambda: AuditEntry.objects.filter(number=2).update(action="demo.stayed"), 2, "changed"),
        (lambda: AuditEntry.objects.filter(number=1).delete(), 2, "missing"),
        (lambda: AuditEntry.objects.filter(number=3).delete(), 3, "cut"),
        (lambda: AuditEntry.objects.all().delete(), 3, "cut"),
    ],
)
def test_damage_is_named_with_its_entry(harm: Callable[[], object], number: int, problem: str) -> None:
    write(3)
    harm()
    done = CliRunner().invoke(command, [])
    assert done.exit_code == 1
    assert str(number) in done.output
    found = json.loads(CliRunner().invoke(command, ["--json"]).stdout)["audit"]["broken"]
    assert {"number": number, "problem": problem} in found
