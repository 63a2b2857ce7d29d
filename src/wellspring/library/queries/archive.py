"""What the rows say about the archive's files."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import F, Max

from wellspring.library.models import Capture


def archive_lengths(using: str = "default") -> Mapping[str, int]:
    """Of each archive file, relative to the data folder, how many bytes captures refer to, from its beginning."""
    ends = Capture.objects.using(using).order_by("warc_file").values_list("warc_file")
    return {f"archive/{file}": end for file, end in ends.annotate(end=Max(F("warc_offset") + F("warc_length")))}
