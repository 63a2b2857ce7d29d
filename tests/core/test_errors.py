"""A failure is told in the language of who reads it."""

from __future__ import annotations

from django.utils import translation

from wellspring.core.errors import told, told_stored
from wellspring.engine.errors import NotHtml, RecordDamaged


def test_message_and_marked_data_are_both_translated() -> None:
    error = NotHtml(found="a PDF document")
    with translation.override("en"):
        assert told(error) == "This is no web page but a PDF document. It can be kept, but its text is not read."
    with translation.override("zh-hans"):
        assert "a PDF document" not in told(error)


def test_other_data_stands_as_it_is() -> None:
    with translation.override("zh-hans"):
        assert "x.warc.gz" in told(RecordDamaged(path="x.warc.gz", offset=7, detail=""))
        assert told_stored("", {}) == ""
        assert told_stored("%(missing)s", {}) == "%(missing)s"
