"""Translated texts: the .po catalogues compiled to what gettext reads, without a system gettext."""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path

import polib
from django.conf import settings

logger = logging.getLogger(__name__)


def compile_catalogues() -> list[Path]:
    """Compile each catalogue whose .mo is missing or older than its .po; the files written.

    Several processes may do it at once. Where the folder cannot be written, what was compiled before stays in use.
    """
    written = []
    for folder in settings.LOCALE_PATHS:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            try:
                _compile(source, target)
            except OSError as error:
                logger.warning("%s could not be written (%s); its texts may be old", target, error.strerror)
                continue
            written.append(target)
    return written


def _compile(source: Path, target: Path) -> None:
    handle, unfinished = tempfile.mkstemp(dir=target.parent, suffix=".mo.part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(polib.pofile(str(source)).to_binary())
        os.chmod(unfinished, 0o644)
        os.replace(unfinished, target)
    except BaseException:
        os.unlink(unfinished)
        raise
