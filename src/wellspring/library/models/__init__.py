"""Tables of the library: sources and visits, captures, imported files, snapshots."""

from .captures import Capture, Reading, Refusal
from .imports import ImportedFile
from .snapshots import Picture, Snapshot, SnapshotTopic
from .sources import INTERRUPTED, Channel, Reuse, Source, Visit, visit_failed

__all__ = [
    "INTERRUPTED",
    "Capture",
    "Channel",
    "ImportedFile",
    "Picture",
    "Reading",
    "Refusal",
    "Reuse",
    "Snapshot",
    "SnapshotTopic",
    "Source",
    "Visit",
    "visit_failed",
]
