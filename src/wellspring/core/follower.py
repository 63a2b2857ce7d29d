"""The follower: reads the outbox after its own position and keeps this host's search index up to date.

The index is a cache and its position lies beside it, written after the commit: death at any moment means at most that
some changes are read again, which is harmless because the documents are always made from the database as it is now.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.db.models import Max, Min
from django.utils import timezone

from wellspring.core.errors import told
from wellspring.core.models import Follower, IndexChange
from wellspring.core.rebuild import BATCH, documents_of, follower_name, rebuild_index
from wellspring.core.registry import SearchKind, search_kinds
from wellspring.engine.errors import SearchIndexBusy, SearchIndexError, SearchIndexMissing
from wellspring.engine.index import IndexWriter, folders

logger = logging.getLogger("wellspring.follower")

FORGOTTEN_AFTER = timedelta(days=7)
"""The outbox is not kept for a follower that was not seen for so long; it rebuilds its index when it comes back."""
_POLL = 0.25
_COMMIT_EVERY = 0.5
_ROUND = 1_000
_HEARTBEAT = 60.0
_SLOWEST_RETRY = 10.0


def follow(folder: Path, stop: threading.Event) -> None:
    """Keep the index in `folder` up to date until `stop` is set.

    Raises SearchIndexBusy when another process follows into the same folder. Other failures are logged and retried.
    """
    with folders.held(folder, "follow") as alone:
        if not alone:
            raise SearchIndexBusy(path=str(folder))
        following = _Following(folder, stop)
        wait = _POLL
        while not stop.is_set():
            try:
                idle = following.step()
                wait = _POLL if idle else 0.0
            except SearchIndexError as error:
                wait = min(max(wait, _POLL) * 2, _SLOWEST_RETRY)
                logger.error("%s Trying again in %.0f s.", told(error), wait)
                following.let_go()
            except DatabaseError as error:
                wait = min(max(wait, _POLL) * 2, _SLOWEST_RETRY)
                logger.error("The database failed (%s). Trying again in %.0f s.", str(error).strip(), wait)
                following.let_go()
                close_old_connections()
            except _Stopped:
                break
            stop.wait(wait)
        following.finish()
        logger.info("stopped")


class _Stopped(Exception):
    """Asked to end in the middle of a build; what was built so far is swept away by the next one."""


class _Following:
    """An open index and how far the outbox has been read into it."""

    def __init__(self, folder: Path, stop: threading.Event) -> None:
        self._folder = folder
        self._stop = stop
        self._name = follower_name(folder)
        self._writer: IndexWriter | None = None
        self._pointer = (0, 0)
        self._position = 0
        self._committed = 0
        self._documents = 0
        self._last_commit = 0.0
        self._last_seen = 0.0

    def step(self) -> bool:
        """Read on, and commit when it is time; True when there was nothing to read."""
        if self._writer is None or folders.pointer_stamp(self._folder) != self._pointer:
            self._open()
        later = IndexChange.objects.filter(id__gt=self._position).order_by("id")
        rows = list(later.values_list("id", "kind", "object_id")[:_ROUND])
        if rows:
            self._apply((kind, pk) for _, kind, pk in rows)
            self._position = rows[-1][0]
        now = time.monotonic()
        if self._position > self._committed and now - self._last_commit >= _COMMIT_EVERY:
            self._commit()
        elif now - self._last_seen >= _HEARTBEAT:
            self._seen()
        return not rows

    def let_go(self) -> None:
        """Close the index without committing; the next step opens it again where the last commit stood."""
        self._writer = None

    def finish(self) -> None:
        """Commit what was read. A failure is only logged: the next follower reads it again."""
        try:
            if self._writer is not None and self._position > self._committed:
                self._commit()
        except (SearchIndexError, DatabaseError) as error:
            logger.error("The last changes were not written and will be read again: %s", error)
        self.let_go()

    def _open(self) -> None:
        self.let_go()
        self._pointer = folders.pointer_stamp(self._folder)
        try:
            generation = folders.current_generation(self._folder)
            why = self._why_useless(folders.read_position(generation))
            writer = None if why else IndexWriter(generation)
        except SearchIndexError as error:
            if folders.pointer_stamp(self._folder) != self._pointer:
                self._open()  # it was replaced while we looked
                return
            missing = isinstance(error, SearchIndexMissing)
            why, writer = ("There is none yet." if missing else told(error)), None
        if writer is None:
            generation = self._rebuilt(why)
            writer = IndexWriter(generation)
        self._writer = writer
        self._position = self._committed = folders.read_position(generation)
        self._seen()
        logger.info("following from change %d", self._position)

    def _why_useless(self, position: int) -> str:
        """Why the index cannot be brought up to date from the outbox; empty when it can."""
        if not Follower.objects.filter(name=self._name).exists():
            return "The database does not know this index."
        ends = IndexChange.objects.aggregate(first=Min("id"), last=Max("id"))
        if position > (ends["last"] or 0):
            return "The index is ahead of the database."
        if ends["first"] is not None and position < ends["first"] - 1:
            return "The outbox no longer holds all changes since the index was written."
        return ""

    def _rebuilt(self, why: str) -> Path:
        logger.info("building the index: %s", why)
        begun = told_at = time.monotonic()

        def progress(done: int, total: int) -> None:
            nonlocal told_at
            if self._stop.is_set():
                raise _Stopped
            if time.monotonic() - told_at > 5:
                told_at = time.monotonic()
                logger.info("building the index: %d of %d", done, total)

        documents = rebuild_index(self._folder, progress=progress)
        logger.info("built the index: %d documents in %.1f s", documents, time.monotonic() - begun)
        self._pointer = folders.pointer_stamp(self._folder)
        return folders.current_generation(self._folder)

    def _apply(self, changes: Iterable[tuple[str, int]]) -> None:
        by_kind: dict[str, dict[int, None]] = {}
        for name, pk in changes:
            by_kind.setdefault(name, {})[pk] = None
        for name, ids in by_kind.items():
            wanted = list(ids)
            for start in range(0, len(wanted), BATCH):
                self._replace(name, search_kinds().get(name), wanted[start : start + BATCH])

    def _replace(self, name: str, kind: SearchKind | None, ids: Sequence[int]) -> None:
        assert self._writer is not None
        documents = documents_of(kind, ids) if kind else []
        self._writer.remove(name, ids)
        self._writer.put(documents)
        self._documents += len(documents)

    def _commit(self) -> None:
        assert self._writer is not None
        begun = time.monotonic()
        self._writer.commit(self._position)
        self._last_commit = time.monotonic()
        logger.info(
            "indexed %d documents up to change %d in %.2f s", self._documents, self._position, self._last_commit - begun
        )
        self._committed, self._documents = self._position, 0
        if self._last_commit - self._last_seen >= 1:
            self._seen()

    def _seen(self) -> None:
        """Tell the database how far this index is, and remove what every follower is past."""
        self._last_seen = time.monotonic()
        now = timezone.now()
        Follower.objects.update_or_create(name=self._name, defaults={"position": self._committed, "seen_at": now})
        Follower.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()
        slowest = Follower.objects.aggregate(position=Min("position"))["position"] or 0
        # The row at the position itself stays: the lowest id left tells a follower whether it missed any.
        IndexChange.objects.filter(id__lt=slowest).delete()
