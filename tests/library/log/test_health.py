"""`wellspring doctor` and the health page tell whether the log is signed, and by whom it can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from tests.library.factories import make_capture
from tests.people.factories import make_member
from wellspring.library.log import CheckpointChore, look
from wellspring.library.models import LogCheckpoint
from wellspring.library.services.log_checkpoints import sign_checkpoint
from wellspring.library.services.log_leaves import append_leaves

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def found() -> list[tuple[str, str]]:
    return [(finding.level, finding.said) for finding in look()]


@pytest.fixture
def signed(data: Path) -> Path:
    make_capture()
    append_leaves()
    sign_checkpoint()
    return data


def test_an_empty_log_is_in_order(data: Path) -> None:
    assert found() == [("good", "The log is empty: nothing was captured yet.")]


def test_a_signed_log_is_in_order_and_says_when(signed: Path) -> None:
    ((level, said),) = found()
    assert (level, said.startswith("1 capture is in the log; the last checkpoint was signed at")) == ("good", True)


def test_a_checkpoint_that_is_overdue_is_told(signed: Path) -> None:
    make_capture()
    append_leaves()
    LogCheckpoint.objects.update(signed_at=timezone.now() - timedelta(hours=1))
    assert found()[0][0] == "warning"
    assert "wellspring worker" in next(look()).todo


def test_an_old_checkpoint_of_a_log_that_did_not_grow_is_in_order(signed: Path) -> None:
    LogCheckpoint.objects.update(signed_at=timezone.now() - timedelta(days=9))
    assert found()[0][0] == "good"


@pytest.mark.parametrize("content", [None, "rubbish"])
def test_a_key_that_is_not_there_is_wrong_and_says_what_to_do(signed: Path, content: str | None) -> None:
    key = signed / "log" / "key"
    key.unlink()
    if content is not None:
        key.write_text(content)
    first = next(look())
    assert first.level == "wrong"
    assert "backup" in first.said + first.todo


def test_a_key_that_others_can_read_is_told(signed: Path) -> None:
    (signed / "log" / "key").chmod(0o644)
    assert [level for level, _ in found()] == ["warning", "good"]


def test_a_worker_without_the_key_says_so_once(signed: Path, caplog: pytest.LogCaptureFixture) -> None:
    (signed / "log" / "key").unlink()
    make_capture()
    append_leaves()
    LogCheckpoint.objects.update(signed_at=timezone.now() - timedelta(hours=1))
    chore = CheckpointChore()
    assert (chore(), chore()) == ("", "")
    assert sum("rotate-key --lost" in record.message for record in caplog.records) == 1


def test_the_page_of_all_checks_takes_few_queries(
    signed: Path, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(make_member("administrator").user)
    assert client.get("/manage/health/").status_code == 200
    with django_assert_max_num_queries(12):
        client.get("/manage/health/")
