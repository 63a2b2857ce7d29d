"""A backup holds log and trail as of the moment of its rows, so that one put back does not look rolled back."""

from __future__ import annotations

import tarfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from tests.library.factories import make_capture
from wellspring.core import audit, audit_head
from wellspring.core.backup import write_backup
from wellspring.core.models import AuditEntry
from wellspring.library.queries.archive import kept_lengths
from wellspring.library.services.log_checkpoints import sign_checkpoint
from wellspring.library.services.log_leaves import append_leaves

pytestmark = pytest.mark.django_db(transaction=True)


def work() -> None:
    """An entry in the trail, a capture in the log, a checkpoint of both."""
    with transaction.atomic():
        audit.record("people.role_given", actor=None)
    make_capture()
    append_leaves()
    sign_checkpoint()


def backed_up(data: Path, *, with_work: bool) -> dict[str, bytes]:
    """Files of a backup that is written in an office at work, where that is wished."""

    def lengths(moment: str) -> Mapping[str, int]:
        if with_work:
            work()
        return kept_lengths(moment)

    target = data.parent / "office.tar"
    write_backup(target, lengths=lengths)
    with tarfile.open(target) as tar:
        members = [member for member in tar if member.name.startswith("files/")]
        files = {member.name.removeprefix("files/"): tar.extractfile(member) for member in members}
        return {name: file.read() for name, file in files.items() if file}


@pytest.fixture
def office(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = data / "office"
    folder.mkdir()
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, data=folder))
    return folder


def test_what_is_written_while_a_backup_is_made_is_not_in_it(office: Path) -> None:
    work()
    signed, trail = (office / "log" / "checkpoints").read_bytes(), audit_head.path().read_bytes()
    files = backed_up(office, with_work=True)
    assert (office / "log" / "checkpoints").read_bytes().startswith(signed + b"news")
    assert audit.head()[0] == 2
    assert (files["log/checkpoints"], files["audit-head"]) == (signed, trail)


def test_an_office_that_has_only_begun_leaves_the_work_of_the_meantime_out(office: Path) -> None:
    files = backed_up(office, with_work=True)
    assert files["log/checkpoints"] == b""
    assert "audit-head" not in files


def test_a_trail_that_was_cut_before_the_backup_stays_so_in_it(office: Path) -> None:
    work()
    work()
    AuditEntry.objects.filter(number=2).delete()
    cut = audit_head.path().read_bytes()
    assert backed_up(office, with_work=False)["audit-head"] == cut
    assert audit.broken_end(audit.head()) is not None
