"""`wellspring reseal`: a changed secret key costs nothing that was sealed, and a lost one is named."""

from __future__ import annotations

from pathlib import Path

from pytest_django import Settings

from tests.cli.installation import Installation
from wellspring.core.sealed import seal, unseal

NEW = "n" * 40
PURPOSE = "people.groupwebhook.url"
ROBOT = (
    "INSERT INTO people_groupwebhook (org_id, name, service, url, secret, host, pending, attempts, refusals,"
    " last_error, off_reason, created_at, version)"
    " VALUES (1, '群', 'wecom', '{}', '', '', 0, 0, 0, '', '', '2026-01-01', 1)"
)


def test_what_an_old_key_sealed_is_sealed_anew(tmp_path: Path, settings: Settings) -> None:
    made = Installation(tmp_path, may_reach="127.0.0.1:1")
    assert made.run("reseal").returncode == 0
    old = (tmp_path / "secret_key").read_text()
    settings.SECRET_KEY = old
    made.execute(ROBOT.format(seal("https://a.example/", purpose=PURPOSE)))
    made.environment["WELLSPRING_SECRET_KEY"] = NEW
    lost = made.run("reseal")
    assert lost.returncode == 1
    assert "WELLSPRING_OLD_SECRET_KEYS" in lost.stderr
    made.environment["WELLSPRING_OLD_SECRET_KEYS"] = old
    done = made.run("reseal")
    assert done.returncode == 0, done.stderr
    assert "1 texts" in done.stdout
    settings.SECRET_KEY = NEW
    assert unseal(made.rows("SELECT url FROM people_groupwebhook")[0][0], purpose=PURPOSE) == "https://a.example/"
