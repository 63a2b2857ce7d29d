"""`wellspring verify-receipt`: offline, without a database, and what does not hold is named."""

from __future__ import annotations

import json
import os
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.cli.installation import WELLSPRING
from tests.proof.test_documented_example import PAGE, documented
from wellspring.engine.proof import NoteSigner

KEY = "example.org/log+98af023b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"


def verified(folder: Path, *words: str, told: Any = None) -> subprocess.CompletedProcess[str]:
    """Run in an empty folder on the documented example, or on `told`."""
    (folder / "receipt.json").write_text(told if isinstance(told, str) else json.dumps(told or documented()))
    (folder / "page.html").write_bytes(PAGE)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("WELLSPRING", "DJANGO"))}
    return subprocess.run(
        [WELLSPRING, "verify-receipt", "receipt.json", *words],
        cwd=folder,
        env={**environment, "WELLSPRING_LANGUAGE": "en"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_receipt_that_holds_is_checked_step_by_step_and_nothing_is_left_behind(tmp_path: Path) -> None:
    done = verified(tmp_path, "--key", KEY, "--page", "page.html")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("✓") == 5
    assert done.stdout.endswith("Checked against the key that was given.\nThe receipt holds.\n")
    assert {path.name for path in tmp_path.iterdir()} == {"receipt.json", "page.html"}


def test_what_does_not_hold_is_named_for_people_and_for_programs(tmp_path: Path) -> None:
    told = documented()
    told["index"] = 2
    done = verified(tmp_path, "--key", KEY, told=told)
    assert done.returncode == 1
    assert done.stdout.endswith("The receipt does not hold: inclusion.\n")
    as_json = json.loads(verified(tmp_path, "--key", KEY, "--json", told=told).stdout)
    assert (as_json["holds"], as_json["failed"], as_json["keys"]) == (False, "inclusion", [KEY])


def test_another_key_is_told_with_both(tmp_path: Path) -> None:
    other = str(NoteSigner.generate("example.org/log").verifier)
    done = verified(tmp_path, "--key", other)
    assert done.returncode == 1
    assert KEY in done.stdout
    assert other in done.stdout


def test_the_key_may_be_a_file_or_the_installations_own(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text(f"{KEY} 0 -\n")
    assert verified(tmp_path, "--key", "kept").returncode == 0
    folder = tmp_path / "house" / "log"
    folder.mkdir(parents=True)
    (folder / "keys").write_text(
        f"{NoteSigner.generate('example.org/log').verifier} 3 -\n{KEY} 0 3\n\nexample.org/log\n"
    )
    done = verified(tmp_path, "--data", "house")
    assert done.returncode == 0
    assert "this installation's own key, in house/log/keys" in done.stdout


def test_other_bytes_than_the_pages_are_told(tmp_path: Path) -> None:
    done = verified(tmp_path, "--key", KEY, "--page", "receipt.json")
    assert (done.returncode, "does not hold: page" in done.stdout) == (1, True)


def test_the_page_is_found_in_a_warc_file_of_somebody_elses(tmp_path: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    for name, payload in (("with", PAGE), ("without", PAGE + b" ")):
        with (tmp_path / f"{name}.warc.gz").open("wb") as file:
            writer = WARCWriter(file, gzip=True)
            headers = StatusAndHeaders("200 OK", [("Content-Length", str(len(payload)))], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record("https://x.example/", "response", BytesIO(payload), http_headers=headers)
            )
    assert verified(tmp_path, "--key", KEY, "--warc", "with.warc.gz").returncode == 0
    assert verified(tmp_path, "--key", KEY, "--warc", "without.warc.gz").returncode == 1


@pytest.mark.parametrize("told", ["", "no json", "[]", "{}", "null", '{"format": 3}', "[" * 100_000])
def test_what_is_no_receipt_is_told_in_one_line(tmp_path: Path, told: str) -> None:
    done = verified(tmp_path, "--key", KEY, told=told)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("wellspring: This is no receipt")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("key", ["rubbish", "", "a+b+c", "."])
def test_what_is_no_key_is_told_in_one_line(tmp_path: Path, key: str) -> None:
    done = verified(tmp_path, "--key", key)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "key" in done.stderr


def test_without_any_key_it_says_where_to_get_one(tmp_path: Path) -> None:
    done = verified(tmp_path)
    assert done.returncode == 1
    assert "--key" in done.stderr
