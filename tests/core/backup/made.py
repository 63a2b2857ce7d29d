"""Backup files put together by hand, also such as no Wellspring writes."""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Iterable
from pathlib import Path

from wellspring.core.backup.form import ABOUT, FORMAT, MANIFEST, SEAL, Manifest, Member


def backup_of(path: Path, contents: Iterable[tuple[str, bytes]], *, version: int = FORMAT) -> Path:
    """A backup with these members, its manifest and seal in order."""
    pairs = list(contents)
    members = [Member(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in pairs]
    listed = Manifest(version, "9.9", "2025-03-05T04:00:00+00:00", "sqlite", [], members, []).as_bytes()
    seal = hashlib.sha256(listed).hexdigest().encode()
    with tarfile.open(path, "w") as tar:
        for name, data in [(ABOUT, b"{}\n"), *pairs, (MANIFEST, listed), (SEAL, seal)]:
            told = tarfile.TarInfo(name)
            told.size = len(data)
            tar.addfile(told, io.BytesIO(data))
    return path
