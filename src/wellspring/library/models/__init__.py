"""Tables of the library: sources and visits, captures, snapshots."""

from .captures import Capture, Reading, Refusal
from .snapshots import Picture, Snapshot, SnapshotTopic
from .sources import Channel, Reuse, Source, Visit

__all__ = [
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
]
