"""Addresses of the library's desk, and a working argument for each that takes one."""

from __future__ import annotations

from typing import Any

from tests.library.factories import make_snapshot, make_source, make_topic
from tests.web.addresses.answers import POST_ONLY, Answers, only
from wellspring.library.models import Correction, HandIn, OpmlImport, Refiling, SourceTrial

_ARCHIVE = only("archivist", "leader", "administrator", "stranger")
"""Whoever keeps the library, which all units share."""

_MEMBERS = only("worker", "mentor", "archivist", "leader", "administrator", "stranger")

TABLE = {
    "library:hand_in": _MEMBERS,
    "library:handed_in": _MEMBERS,
    "library:desk_sources": _ARCHIVE,
    "library:desk_try": _ARCHIVE,
    "library:desk_trial": _ARCHIVE,
    "library:desk_opml": _ARCHIVE,
    "library:desk_opml_import": _ARCHIVE,
    "library:desk_opml_file": Answers(_ARCHIVE.statuses, is_page=False),
    "library:desk_source": _ARCHIVE,
    "library:desk_source_history": _ARCHIVE,
    "library:desk_source_retire": _ARCHIVE,
    "library:desk_source_state": POST_ONLY,
    "library:desk_channels": _ARCHIVE,
    "library:desk_channel_new": _ARCHIVE,
    "library:desk_channel": _ARCHIVE,
    "library:desk_channel_state": POST_ONLY,
    "library:desk_channel_merge": _ARCHIVE,
    "library:desk_topics": _ARCHIVE,
    "library:desk_topic_new": _ARCHIVE,
    "library:desk_topic": _ARCHIVE,
    "library:desk_topic_state": POST_ONLY,
    "library:desk_topic_retire": _ARCHIVE,
    "library:desk_topic_merge": _ARCHIVE,
    "library:desk_refiling": Answers(_ARCHIVE.statuses, is_page=False),
    "library:desk_corrections": _ARCHIVE,
    "library:desk_correct": _ARCHIVE,
    "library:desk_withdraw": POST_ONLY,
}


def desk_arguments() -> dict[str, dict[str, Any]]:
    """Rows that the addresses are about."""
    source, topic = make_source(), make_topic()
    trial = SourceTrial.objects.create(url="https://news.example.com/")
    arguments: dict[str, dict[str, Any]] = {name: {"pk": source.pk} for name in TABLE if "desk_source_" in name}
    snapshot = make_snapshot(source=source)
    correction = Correction.objects.create(snapshot=snapshot, field="editor", value="范青", was="", reason="页尾写着")
    for name in TABLE:
        if "desk_channel_" in name and not name.endswith("_new"):
            arguments[name] = {"pk": source.channel_id}
        elif "desk_topic_" in name and not name.endswith("_new"):
            arguments[name] = {"pk": topic.pk}
    return arguments | {
        "library:desk_channel": {"pk": source.channel_id},
        "library:desk_topic": {"pk": topic.pk},
        "library:desk_refiling": {"pk": Refiling.objects.create().pk},
        "library:handed_in": {"token": HandIn.objects.create(url="https://news.example.com/2.html").token},
        "library:desk_source": {"pk": source.pk},
        "library:desk_trial": {"pk": trial.pk},
        "library:desk_opml_import": {"pk": OpmlImport.objects.create().pk},
        "library:desk_correct": {"pk": snapshot.pk},
        "library:desk_withdraw": {"pk": correction.pk},
    }
