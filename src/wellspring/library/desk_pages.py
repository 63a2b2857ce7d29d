"""What the library registers for the office's desk: its pages and the sentences of its audit entries."""

from __future__ import annotations

from wellspring.core.registry import Action, DeskPage, register_actions, register_desk_pages
from wellspring.engine.errors import marked
from wellspring.people.permissions import Permission


def register() -> None:
    """Tell the desk and the audit trail. Called once, when the apps are ready."""
    register_desk_pages(
        DeskPage(
            "library:desk_sources",
            marked("Sources"),
            marked("Feeds, sitemaps and list pages that the crawler visits: try, add, change, pause."),
            "library",
            Permission.MANAGE_SOURCES,
            icon="source",
        ),
        DeskPage(
            "library:desk_channels",
            marked("Channels"),
            marked("The categories of the library: their names, order, and the columns of news sites filed there."),
            "library",
            Permission.MANAGE_CHANNELS,
            icon="channel",
        ),
        DeskPage(
            "library:desk_topics",
            marked("Topics"),
            marked("The hard topics and the words by which reports speak of them."),
            "library",
            Permission.MANAGE_TOPICS,
            icon="topic",
        ),
        DeskPage(
            "library:desk_corrections",
            marked("Corrections"),
            marked("Titles, times and sources of snapshots that were set right, and by whom."),
            "library",
            Permission.CORRECT_SNAPSHOTS,
            icon="pen",
        ),
    )
    register_actions(
        Action("library.source_added", marked("added the source “%(name)s”")),
        Action("library.source_changed", marked("changed the source “%(name)s”")),
        Action("library.source_paused", marked("paused the source “%(name)s”")),
        Action("library.source_resumed", marked("let the source “%(name)s” be visited again")),
        Action("library.source_visit_asked", marked("had the source “%(name)s” visited at once")),
        Action("library.source_retired", marked("retired the source “%(name)s”")),
        Action("library.channel_added", marked("added the channel “%(name)s”")),
        Action("library.channel_changed", marked("changed the channel “%(name)s”")),
        Action("library.channel_moved", marked("moved the channel “%(name)s” in the order")),
        Action("library.channels_merged", marked("merged the channel “%(name)s” into “%(into)s”")),
        Action("library.handed_in", marked("handed an address in")),
        Action("library.snapshot_corrected", marked("corrected the snapshot “%(title)s”")),
        Action("library.correction_withdrawn", marked("withdrew a correction of the snapshot “%(title)s”")),
        Action("library.opml_brought", marked("brought a file with %(count)s sources")),
        Action("library.source_restored", marked("brought the source “%(name)s” back")),
    )
