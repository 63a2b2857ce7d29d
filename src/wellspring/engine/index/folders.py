"""Where an index lies on disk: generations in one folder, and a pointer to the one in use.

    index/CURRENT            name of the generation in use
    index/gen-<time>-<pid>/  Tantivy's files; format.json; position.json: how far the outbox has been read into it

A rebuild fills a new generation and then moves the pointer, so readers and the follower change over between two calls.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from wellspring.engine.errors import SearchIndexMissing, SearchIndexOutdated

from .schema import FORMAT

_POINTER = "CURRENT"


def current_generation(folder: Path) -> Path:
    """The generation in use.

    Raises SearchIndexMissing where there is none, SearchIndexOutdated where another version wrote it.
    """
    try:
        generation = folder / (folder / _POINTER).read_text("ascii").strip()
        written = json.loads((generation / "format.json").read_text("ascii"))["format"]
    except (OSError, ValueError, KeyError, TypeError):
        raise SearchIndexMissing(path=str(folder)) from None
    if written != FORMAT:
        raise SearchIndexOutdated(path=str(folder), found=written, expected=FORMAT)
    return generation


def pointer_stamp(folder: Path) -> tuple[int, int]:
    """Changes whenever the pointer moves; (0, 0) while there is none."""
    return _stamp(folder / _POINTER)


def commit_stamp(generation: Path) -> tuple[int, int]:
    """Changes with every commit; (0, 0) once the generation is gone."""
    return _stamp(generation / "meta.json")


def new_generation(folder: Path) -> Path:
    """A new empty folder that nobody reads yet."""
    generation = folder / f"gen-{time.time_ns()}-{os.getpid()}"
    generation.mkdir(parents=True)
    return generation


def seal(generation: Path) -> None:
    """Say by which format it was written."""
    _replace(generation / "format.json", json.dumps({"format": FORMAT}))


def publish(folder: Path, generation: Path) -> None:
    """Make a sealed generation the one in use and remove the others."""
    _replace(folder / _POINTER, generation.name)
    sweep(folder)


def sweep(folder: Path) -> None:
    """Remove generations that are not in use. Call it holding the build lock, or a rebuild under way is lost."""
    try:
        in_use = (folder / _POINTER).read_text("ascii").strip()
    except OSError:
        in_use = ""
    for path in folder.glob("gen-*"):
        if path.name != in_use:
            shutil.rmtree(path, ignore_errors=True)


def read_position(generation: Path) -> int:
    """Id of the last outbox row that is surely in it; 0 where nothing is known."""
    try:
        return int(json.loads((generation / "position.json").read_text("ascii"))["position"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def write_position(generation: Path, position: int) -> None:
    """Remember how far the outbox has been read, after the commit that holds it."""
    _replace(generation / "position.json", json.dumps({"position": position}))


@contextmanager
def held(folder: Path, name: str) -> Iterator[bool]:
    """Hold one of the folder's locks (`follow`, `build`); False when another process does. Death frees it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("a") as file:
        yield _locked(file)


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return 0, 0
    return stat.st_ino, stat.st_mtime_ns


def _replace(path: Path, text: str) -> None:
    """Write a small file so that a crash leaves the old one or the new one."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with draft.open("w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
