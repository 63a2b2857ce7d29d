"""The pages of a report that stands on several: what is joined, what is missing, and the captures behind them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from wellspring.library.models import NOTHING_NEW, OTHER_ARTICLE, ArticlePage, Capture, Snapshot


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one report, the first one first."""

    joined: tuple[Capture, ...]
    missing: ArticlePage | None = None
    """The page after them that is not there: still to be fetched, or with the reason why it is not."""

    @property
    def numbered(self) -> list[tuple[int, Capture]]:
        return list(enumerate(self.joined, start=1))

    def __len__(self) -> int:
        return len(self.joined)

    def capture(self, number: int) -> Capture | None:
        """The capture of the page of this number, from 1; None where there is none."""
        return self.joined[number - 1] if 0 < number <= len(self.joined) else None


def pages_of(snapshot: Snapshot) -> Pages:
    """The pages that a snapshot, with its capture loaded, was joined from."""
    joined = [snapshot.capture]
    rows = ArticlePage.objects.filter(first=snapshot.capture_id).select_related("capture__revisit_of")
    for row in rows.order_by("number"):
        if row.error_code in (OTHER_ARTICLE, NOTHING_NEW):
            break
        if row.capture is None or not row.joined:
            return Pages(tuple(joined), row)
        joined.append(row.capture)
    return Pages(tuple(joined))


def whole_report(snapshot: Snapshot, *, readable: QuerySet[Snapshot]) -> Snapshot | None:
    """The report that this snapshot's page belongs to now, where it once stood for itself; None for any other.

    `readable`: the snapshots that the viewer may open.
    """
    rows = ArticlePage.objects.filter(url=snapshot.original_url).exclude(error_code=OTHER_ARTICLE)
    first = rows.order_by("-first_id").values_list("first__url", flat=True).first()
    if first is None or first == snapshot.original_url:
        return None
    return readable.filter(original_url=first, is_latest=True).first()
