"""`wellspring extract`: one record a line, in order, with the engine alone."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.extract.pages import page

COMMAND = [sys.executable, "-c", "from wellspring.cli import main; main()", "extract"]


def run(*arguments: str, cwd: Path, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *arguments], cwd=cwd, input=given, capture_output=True, timeout=60, check=False)


def lines(ended: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in ended.stdout.decode().splitlines()]


def test_a_folder_means_its_pages_in_name_order(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "b.html").write_text(page(title="第二篇报道的标题"))
    (folder / "a.html.gz").write_bytes(gzip.compress(page(title="第一篇报道的标题").encode()))
    (folder / "notes.txt").write_text("no page")
    ended = run("pages", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert [record["title"] for record in lines(ended)] == ["第一篇报道的标题", "第二篇报道的标题"]
    assert [Path(str(record["path"])).name for record in lines(ended)] == ["a.html.gz", "b.html"]
    assert next(iter(lines(ended)[0])) == "path"


def test_it_leaves_no_files_behind(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page())
    run("a.html", cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


def test_a_page_that_cannot_be_read_gives_a_line_and_status_1(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page())
    (tmp_path / "b.html").write_bytes(b"%PDF-1.4")
    (tmp_path / "c.html.gz").write_bytes(b"\x1f\x8b broken")
    ended = run("b.html", "c.html.gz", "missing.html", "a.html", cwd=tmp_path)
    assert ended.returncode == 1
    found = lines(ended)
    assert [record.get("error", {}).get("code") for record in found] == [  # type: ignore[attr-defined] # parsed JSON
        "not_html",
        "file_damaged",
        "file_unreadable",
        None,
    ]
    assert found[3]["title"] == "楼道里的旧家具有了去处"
    assert b"Traceback" not in ended.stderr


def test_standard_input_is_read_with_the_address_given(tmp_path: Path) -> None:
    ended = run("-", "--url", "https://news.example.org/a.html", cwd=tmp_path, given=page().encode("gb18030"))
    assert ended.returncode == 0
    assert [(record["path"], record["url"], record["encoding"]) for record in lines(ended)] == [
        ("-", "https://news.example.org/a.html", "gb18030")
    ]


@pytest.mark.parametrize(
    "arguments",
    [(), ("--url", "https://example.org/", "a.html", "b.html"), ("--url", "ftp://x/", "a.html"), ("--nonsense",)],
)
def test_wrong_usage_ends_with_status_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    ended = run(*arguments, cwd=tmp_path)
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert ended.stderr


def test_an_address_inside_the_house_is_refused(tmp_path: Path) -> None:
    ended = run("http://127.0.0.1:9/", cwd=tmp_path)
    assert ended.returncode == 1
    assert lines(ended)[0]["error"]["code"] == "address_refused"  # type: ignore[index] # parsed JSON
    assert not (tmp_path / "var").exists()
