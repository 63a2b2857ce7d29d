"""Bytes kept as received: WARC 1.1 files written durably, read back, and checked against what was promised."""

from .reader import ArchiveReader, StoredResponse
from .verify import Stray, stray_bytes, verify_record
from .writer import ArchiveWriter, RevisitTarget

__all__ = [
    "ArchiveReader",
    "ArchiveWriter",
    "RevisitTarget",
    "StoredResponse",
    "Stray",
    "stray_bytes",
    "verify_record",
]
