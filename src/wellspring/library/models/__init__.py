"""Tables of the library: sources and visits, captures, snapshots."""

from .captures import Capture, Reading, Refusal
from .snapshots import Picture, Snapshot, SnapshotTopic
from .sources import INTERRUPTED, Channel, Reuse, Source, Visit, visit_failed

__all__ = [
    "INTERRUPTED",
    "Capture",
    "Channel",
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
