"""What was received behind a snapshot: captured pages and kept pictures, as far as a reader may see them."""

from __future__ import annotations

from dataclasses import dataclass

from wellspring.library.models import Capture, Picture, Snapshot
from wellspring.library.queries.articles import Pages, pages_of
from wellspring.library.queries.reading import readable_snapshots
from wellspring.people.viewer import Viewer


def captured_snapshot(*, viewer: Viewer, pk: int) -> Snapshot:
    """A snapshot with its capture; whether the page may be shown, `shows_full_text` says.

    Raises Snapshot.DoesNotExist for missing and hidden alike.
    """
    snapshots = readable_snapshots(viewer=viewer).select_related("channel", "source", "capture__revisit_of")
    return snapshots.defer("body", "evidence").get(pk=pk)


@dataclass(frozen=True, slots=True)
class CapturedPage:
    """One page of a snapshot as it was captured."""

    snapshot: Snapshot
    """Whether the page may be shown, its `shows_full_text` says."""
    number: int
    """From 1, the snapshot's own page."""
    capture: Capture
    pages: Pages


def captured_page(*, viewer: Viewer, pk: int, number: int = 1) -> CapturedPage:
    """The page of this number of a snapshot.

    Raises Snapshot.DoesNotExist for missing and hidden alike, also where the report has no such page.
    """
    snapshot = captured_snapshot(viewer=viewer, pk=pk)
    pages = pages_of(snapshot)
    capture = pages.capture(number)
    if capture is None:
        raise Snapshot.DoesNotExist
    return CapturedPage(snapshot, number, capture, pages)


def kept_picture(*, viewer: Viewer | None, pk: int, position: int) -> Picture:
    """A kept picture of a snapshot that may be shown in full. `viewer` None: somebody with a pass for this picture.

    Raises Picture.DoesNotExist for missing, hidden and not yet fetched alike.
    """
    snapshots = Snapshot.objects.all() if viewer is None else readable_snapshots(viewer=viewer)
    pictures = Picture.objects.filter(snapshot__in=snapshots.order_by().values("pk"))
    picture = pictures.select_related("snapshot__source", "capture__revisit_of").get(
        snapshot_id=pk, position=position, capture__isnull=False
    )
    if not picture.snapshot.shows_full_text:
        raise Picture.DoesNotExist
    return picture
