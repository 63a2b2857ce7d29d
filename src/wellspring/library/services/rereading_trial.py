"""What reading a page again would change: nothing is written."""

from __future__ import annotations

from dataclasses import dataclass

from wellspring.core.errors import told
from wellspring.engine.errors import EngineError
from wellspring.engine.records import PageKind
from wellspring.library.filing import snapshot_fields
from wellspring.library.models import Capture, Snapshot
from wellspring.library.queries.earlier_records import FieldChange, changes_between
from wellspring.library.records import record_of
from wellspring.library.services.articles import follows_an_article
from wellspring.library.services.earlier_records import otherwise, read_before
from wellspring.library.services.readings import article_of, news_record_of
from wellspring.library.services.rereading import Outcome


@dataclass(frozen=True, slots=True)
class Trial:
    """What would come of one page."""

    outcome: Outcome
    changes: tuple[FieldChange, ...] = ()
    """The fields that would be read otherwise, in words."""


def try_rereading(capture_id: int) -> Trial:
    """Read one page as `reread` would, and compare with what stands as read. Raises Capture.DoesNotExist."""
    capture = Capture.objects.select_related("revisit_of", "source", "reading").get(pk=capture_id)
    result = news_record_of(capture)
    if isinstance(result, EngineError):
        return Trial(Outcome(capture_id, capture.url, error_code=result.code, told=told(result)))
    if follows_an_article(capture):
        return Trial(Outcome(capture_id, capture.url))
    if (article := article_of(capture, result)) is not None:
        result = article.record
    reading = getattr(capture, "reading", None)
    before, now = (reading.kind if reading else ""), result.kind.value
    kind = ("kind",) if before and before != now else ()
    snapshot = Snapshot.objects.filter(capture=capture).first()
    if result.kind is not PageKind.ARTICLE or snapshot is None:
        is_new = result.kind is PageKind.ARTICLE and before != now
        return Trial(Outcome(capture_id, capture.url, kind, is_new))
    stands, fields = read_before(snapshot), snapshot_fields(result, captured_at=capture.captured_at)
    if not fields["language"] and capture.source is not None:
        fields["language"] = capture.source.language
    changed = otherwise(stands, fields)
    if not changed:
        return Trial(Outcome(capture_id, capture.url, kind))
    changes = changes_between(record_of(capture.url, stands), record_of(capture.url, fields), whole=True)
    return Trial(Outcome(capture_id, capture.url, kind + changed), tuple(changes))
