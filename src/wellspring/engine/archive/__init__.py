"""Bytes kept as received: WARC 1.1 files written durably, read back, and checked against what was promised."""

from .foreign import ForeignWarc
from .foreign_record import ForeignRecord, Unreadable
from .message import payload_of, split_message
from .reader import ArchiveReader, StoredResponse
from .record import sha256_hex, warc_date, warcinfo
from .verify import Stray, record_problem, stray_bytes, verify_record
from .writer import ArchiveWriter, RevisitTarget

__all__ = [
    "ArchiveReader",
    "ArchiveWriter",
    "ForeignRecord",
    "ForeignWarc",
    "RevisitTarget",
    "StoredResponse",
    "Stray",
    "Unreadable",
    "payload_of",
    "record_problem",
    "sha256_hex",
    "split_message",
    "stray_bytes",
    "verify_record",
    "warc_date",
    "warcinfo",
]
