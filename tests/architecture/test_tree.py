"""What the whole tree must and must not contain: templates the content policy accepts, lock files without hosts."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(
    path for path in (ROOT / "src").rglob("templates/**/*.html") if "demo" not in path.relative_to(ROOT).parts
)
FORBIDDEN_IN_TEMPLATES = {
    "inline style": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "javascript: address": re.compile(r"javascript:", re.I),
    "script without src or nonce": re.compile(
        r"<script\b(?![^>]*\b(?:src|nonce)=)(?![^>]*application/(?:ld\+)?json)", re.I
    ),
    "something from outside": re.compile(
        r"<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)=[\"'](?:https?:)?//", re.I
    ),
    "|safe": re.compile(r"\|\s*safe\b"),
}


def tracked_files() -> list[Path]:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    return path.read_text("utf-8", errors="ignore")


@pytest.mark.parametrize("what", FORBIDDEN_IN_TEMPLATES)
def test_no_template_has(what: str) -> None:
    found = [str(path.relative_to(ROOT)) for path in TEMPLATES if FORBIDDEN_IN_TEMPLATES[what].search(text_of(path))]
    assert not found, f"{what}:\n" + "\n".join(found)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_pin_hashes_and_name_no_host(name: str) -> None:
    text = text_of(ROOT / name)
    assert "://" not in text
    pinned = re.findall(r"^([a-z0-9][\w.-]*)==", text, re.M)
    assert pinned
    for block in re.split(r"\n(?=[a-z0-9][\w.-]*==)", text):
        if "==" in block.split("\n")[0]:
            assert "--hash=sha256:" in block, block.split("\n")[0]


def test_no_file_chooses_a_package_index() -> None:
    strange = re.compile(r"--(?:extra-)?index-url\s|--find-links\s|PIP_INDEX|UV_INDEX", re.I)
    found = []
    for path in tracked_files():
        if path.suffix in {".png", ".jpg", ".webp", ".gz", ".warc"} or path == Path(__file__):
            continue
        if match := strange.search(text_of(path)):
            found.append(f"{path.relative_to(ROOT)}: {match[0]}")
    assert not found, "\n".join(found)


def test_nothing_that_was_built_is_in_the_tree() -> None:
    built = [
        path for path in tracked_files() if path.suffix in {".mo", ".pyc", ".sqlite3"} or "node_modules" in path.parts
    ]
    assert not built


def test_no_file_is_too_large_to_review() -> None:
    large = [path for path in tracked_files() if path.stat().st_size > 1_500_000]
    assert not large
