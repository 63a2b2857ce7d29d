"""A backup goes from SQLite to PostgreSQL and back by the same way, and nothing is lost on it."""

from __future__ import annotations

import gzip
import json
import os
import tarfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.cli.installation import Installation
from tests.cli.test_backup import at
from tests.servers.news_site import NewsSite

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300)]


def empty_database(name: str) -> str:
    """Its DATABASE_URL."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')  # type: ignore[arg-type]  # a name of our own
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]  # as above
    return urlunsplit(parts._replace(path=f"/{name}"))


def tables(backup: Path) -> dict[str, list[object]]:
    """The rows of each table in a backup; PostgreSQL does not keep the order of the keys of JSON."""
    with tarfile.open(backup) as tar:
        return {
            member.name: [json.loads(line) for line in gzip.decompress(tar.extractfile(member).read()).splitlines()]  # type: ignore[union-attr]  # plain
            for member in tar
            if member.name.startswith("tables/")
        }


def verified(installation: Installation) -> dict[str, object]:
    done = installation.run("verify", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    return {key: value for key, value in json.loads(done.stdout).items() if "second" not in key}


def test_from_sqlite_to_postgresql_and_back_nothing_is_lost(tmp_path: Path) -> None:
    with NewsSite().served() as site:
        sqlite = Installation(tmp_path / "data", may_reach=f"127.0.0.1:{site.port}")
        assert sqlite.run("capture", *[f"{site.url}/dt/{n}.html" for n in (1, 2, 1)]).returncode == 0
        before = verified(sqlite)
        backups = [tmp_path / f"{number}.tar" for number in range(3)]
        assert sqlite.run("backup", str(backups[0])).returncode == 0

        postgresql = at(sqlite, tmp_path / "pg", DATABASE_URL=empty_database("restored"))
        done = postgresql.run("restore", str(backups[0]))
        assert done.returncode == 0, done.stderr
        assert verified(postgresql) == before
        assert postgresql.run("backup", str(backups[1])).returncode == 0
        assert tables(backups[1]) == tables(backups[0])
        # Ids go on behind the last one: PostgreSQL counts them in sequences of their own.
        assert postgresql.run("capture", f"{site.url}/dt/5.html").returncode == 0

        used = at(postgresql, tmp_path / "pg2")
        refused = used.run("restore", str(backups[0]))
        assert refused.returncode == 1
        assert "in use" in refused.stderr
        assert not used.data.exists()

        back = at(sqlite, tmp_path / "back")
        done = back.run("restore", str(backups[1]))
        assert done.returncode == 0, done.stderr
        assert verified(back) == before
        assert back.run("backup", str(backups[2])).returncode == 0
        assert tables(backups[2]) == tables(backups[0])
