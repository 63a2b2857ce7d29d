"""Tables of the library: sources, captures and their log, snapshots, what the office does about them."""

from .articles import NOTHING_NEW, OTHER_ARTICLE, ArticlePage
from .captures import Capture, Reading, Refusal
from .corrections import Correction, Field
from .desk import HandIn, OpmlImport, Refiling, SourceTrial
from .earlier_records import EarlierRecord
from .imports import ImportedFile
from .log import LogCheckpoint, LogKey, LogLeaf, LogTile, Removal
from .snapshots import Picture, Snapshot, SnapshotTopic
from .sources import INTERRUPTED, Channel, Reuse, Source, Visit, visit_failed

__all__ = [
    "INTERRUPTED",
    "NOTHING_NEW",
    "OTHER_ARTICLE",
    "ArticlePage",
    "Capture",
    "Channel",
    "Correction",
    "EarlierRecord",
    "Field",
    "HandIn",
    "ImportedFile",
    "LogCheckpoint",
    "LogKey",
    "LogLeaf",
    "LogTile",
    "OpmlImport",
    "Picture",
    "Reading",
    "Refiling",
    "Refusal",
    "Removal",
    "Reuse",
    "Snapshot",
    "SnapshotTopic",
    "Source",
    "SourceTrial",
    "Visit",
    "visit_failed",
]
