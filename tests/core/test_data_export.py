"""Whoever leaves takes everything along, readable without us; a person gets what is kept about her, and no secret."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.people.factories import make_member
from wellspring.core.data_export import DataExportRefused, export_everything, export_person
from wellspring.core.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_table_is_there_twice_and_no_password_in_any(tmp_path: Path) -> None:
    member = make_member()
    member.user.set_password("a very secret word 7")
    member.user.full_name = "=1+1"
    member.user.save()
    out = tmp_path / "out"
    rows = export_everything(out, by="老宋", warcs=lambda folder: 0, progress=lambda *told: None)
    assert rows > 0
    with (out / "tables" / "core.User.csv").open(encoding="utf-8-sig", newline="") as file:
        (person,) = [row for row in csv.DictReader(file) if row["id"] == str(member.user_id)]
    assert person["full_name"] == "'=1+1"
    lines = (out / "tables" / "core.User.jsonl").read_text("utf-8").splitlines()
    assert "=1+1" in [json.loads(line)["full_name"] for line in lines]
    for path in out.rglob("*"):
        assert not path.is_file() or member.user.password.encode() not in path.read_bytes()
    assert "老宋" in (out / "README.txt").read_text("utf-8")
    assert AuditEntry.objects.latest("number").data == {"by": "老宋"}


def test_a_person_gets_her_account_and_memberships_and_nobody_elses(tmp_path: Path) -> None:
    member, other = make_member(), make_member()
    export_person(member.user, tmp_path / "her", by="老宋")
    told = json.loads((tmp_path / "her" / "person.json").read_text("utf-8"))
    assert [row["id"] for row in told["kept"]["core.User"]] == [member.user_id]
    assert [row["id"] for row in told["kept"]["people.Member"]] == [member.pk]
    assert told["by"] == "老宋"
    page = (tmp_path / "her" / "person.html").read_text("utf-8")
    assert member.user.username in page
    assert other.user.username not in page
    assert "password" not in page
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.object_id) == ("core.person_exported", member.user_id)


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(DataExportRefused):
        export_person(make_member().user, tmp_path, by="老宋")
