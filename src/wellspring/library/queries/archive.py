"""What the rows say about files of the data folder: the archive, and the log's checkpoints."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db.models import F, Max

from wellspring.library.log_keys import checkpoints_path
from wellspring.library.models import Capture, LogCheckpoint


def kept_lengths(using: str = "default") -> Mapping[str, int]:
    """Of files that only grow, relative to the data folder, how many bytes rows speak of, from the beginning."""
    ends = Capture.objects.using(using).order_by("warc_file").values_list("warc_file")
    found = {f"archive/{file}": end for file, end in ends.annotate(end=Max(F("warc_offset") + F("warc_length")))}
    path = checkpoints_path()
    written = path.read_bytes() if path.exists() else b""
    found[path.relative_to(settings.ENVIRONMENT.data).as_posix()] = _signed_length(written, using)
    return found


def _signed_length(written: bytes, using: str) -> int:
    """Bytes up to the last checkpoint that has a row; all of them where it is not found: `verify` tells."""
    last = LogCheckpoint.objects.using(using).order_by("-id").values_list("note", flat=True).first()
    if last is None:
        return 0
    begin = written.rfind(last.encode())
    return len(written) if begin < 0 else begin + len(last.encode()) + 1
