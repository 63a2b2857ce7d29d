"""Taking reports out of the library for good while what was received stays in the archive."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from wellspring.core.outbox import record_index_changes
from wellspring.engine.errors import marked
from wellspring.library.models import ArticlePage, Reading, Snapshot
from wellspring.library.search import KIND

WITHDRAWN = "withdrawn"
"""Error code of the reading of a page that was taken out; no extractor takes it up again."""
_NO_LATER_EXTRACTOR = 2_000_000_000


def withdraw_reports(*, captured_from: str) -> int:
    """Take out every report whose address begins so; returns how many there were. Captures and log stay."""
    with transaction.atomic():
        pages = Q(capture__url__startswith=captured_from)
        ids = list(Snapshot.objects.filter(pages).values_list("pk", flat=True))
        Reading.objects.filter(pages).update(
            extractor_version=_NO_LATER_EXTRACTOR,
            kind="",
            error_code=WITHDRAWN,
            error_message=marked("This report was taken out of the library."),
            error_data={},
        )
        ArticlePage.objects.filter(Q(first__url__startswith=captured_from) | Q(url__startswith=captured_from)).delete()
        Snapshot.objects.filter(pages).delete()
        record_index_changes(KIND, ids)
    return len(ids)
