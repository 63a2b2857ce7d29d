"""Whatever is wrong, a verb ends with one line that names it and what to do; never a traceback."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cli.running import free_ports, wellspring
from wellspring.cli import VERBS
from wellspring.cli import wellspring as command

VERB = ("admin", "lin", "--password-stdin")


def refused(data: Path, *verb: str, given: str = "", **environment: str) -> str:
    ended = wellspring(data, *verb, given=given, **environment)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("WELLSPRING_CRAWL_DELAY", "soon"), ("WELLSPRING_DEBUG", "x"), ("DATABASE_URL", "mysql://x/y")]
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    assert name in refused(tmp_path, *VERB, **{name: value})


def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    told = refused(tmp_path, *VERB, DATABASE_URL=f"postgres://u:hush@127.0.0.1:{free_ports()}/news")
    assert "DATABASE_URL" in told
    assert "hush" not in told


@pytest.mark.parametrize("rest", ["news?foo=bar", "news?sslmode=bogus", "n" * 64])
def test_an_address_that_no_postgresql_takes_is_named(tmp_path: Path, rest: str) -> None:
    assert "DATABASE_URL" in refused(tmp_path, *VERB, DATABASE_URL=f"postgres://u:p@127.0.0.1:1/{rest}")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "wellspring.sqlite3").write_text("not a database at all, but long enough to be one " * 50)
    told = refused(tmp_path, *VERB)
    assert "WELLSPRING_DATA" in told
    assert "wellspring.sqlite3" in told


def test_a_database_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "wellspring.sqlite3").mkdir()
    assert "WELLSPRING_DATA" in refused(tmp_path, *VERB)


def test_a_verb_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    ended = wellspring(tmp_path, "conquer")
    assert ended.returncode == 2
    assert "conquer" in ended.stderr


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_tells_how_it_is_used(verb: str) -> None:
    told = CliRunner().invoke(command, [verb, "--help"])
    assert told.exit_code == 0, told.output
    assert "Usage" in told.output


def test_an_administrator_is_made_with_a_unit_and_may_sign_in(tmp_path: Path) -> None:
    made = wellspring(tmp_path, *VERB, "--org", "柳湾社区", "--name", "林工", given="a garden in Suzhou\n")
    assert made.returncode == 0, made.stderr
    assert "/sign-in/" in made.stdout
    with sqlite3.connect(tmp_path / "wellspring.sqlite3") as database:
        rows = database.execute("SELECT username, is_staff, is_superuser, is_active FROM core_user").fetchall()
        roles = database.execute(
            "SELECT people_role.name FROM people_role JOIN people_member ON people_member.id = member_id"
            " JOIN people_orgunit ON people_orgunit.id = org_id WHERE people_orgunit.name = '柳湾社区'"
        ).fetchall()
    assert rows == [("lin", 1, 1, 1)]
    assert roles == [("administrator",)]
    assert "--yes" in refused(tmp_path, *VERB, given="a garden in Suzhou\n")
    again = wellspring(tmp_path, "admin", "lin", "--yes")
    assert again.returncode == 0, again.stderr


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose database is there already."""
    folder = tmp_path_factory.mktemp("ready")
    assert wellspring(folder, *VERB, given="a garden in Suzhou\n").returncode == 0
    return folder


@pytest.mark.parametrize("password", ["", "short", "1234567890", "linlinlin"])
def test_a_weak_password_is_refused(ready: Path, password: str) -> None:
    refused(ready, "admin", "linlinlin", "--password-stdin", given=password + "\n")


def test_a_password_is_not_read_from_a_pipe_unasked(ready: Path) -> None:
    assert "--password-stdin" in refused(ready, "admin", "wei", given="x\n")


@pytest.mark.parametrize("name", ["", "two words", "x" * 151])
def test_a_name_nobody_can_have_is_refused(ready: Path, name: str) -> None:
    refused(ready, "admin", name, "--password-stdin", given="a garden in Suzhou\n")
