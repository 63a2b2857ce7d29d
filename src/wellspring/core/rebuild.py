"""Building this host's search index anew from the database."""

from __future__ import annotations

import hashlib
import logging
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from django.db import Error as DatabaseError
from django.db.models import Max
from django.utils import timezone

from wellspring.core.models import Follower, IndexChange
from wellspring.core.registry import SearchKind, search_kinds
from wellspring.engine.errors import SearchIndexBusy
from wellspring.engine.index import IndexWriter, folders
from wellspring.engine.records import SearchDocument

logger = logging.getLogger("wellspring.follower")

BATCH = 500
Progress = Callable[[int, int], None]
"""Told how many things were looked at and how many there are."""


def follower_name(folder: Path) -> str:
    """Name under which this host's index is known to the database."""
    place = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
    return f"{socket.gethostname()[:80]}:{place}"


def rebuild_index(folder: Path, *, progress: Progress = lambda done, total: None) -> int:
    """Build the index in `folder` anew and put it in the place of the old one; returns how many documents it holds.

    Readers and the follower may go on meanwhile. What changes during the build stays in the outbox for the follower.
    Raises SearchIndexBusy when another process builds it, SearchIndexError when it cannot be written.
    """
    with folders.held(folder, "build") as alone:
        if not alone:
            raise SearchIndexBusy(path=str(folder))
        folders.sweep(folder)
        name = follower_name(folder)
        with _outbox_kept(f"{name}:build") as position:
            total = sum(1 for kind in search_kinds().values() for _ in kind.all_ids())
            writer = IndexWriter.for_rebuild(folders.new_generation(folder))
            looked, put = 0, 0
            progress(0, total)
            for kind in search_kinds().values():
                for ids in _batches(kind.all_ids()):
                    documents = documents_of(kind, ids)
                    writer.put(documents)
                    looked, put = looked + len(ids), put + len(documents)
                    progress(looked, max(total, looked))
            writer.commit(position)
            writer.close()
            Follower.objects.update_or_create(name=name, defaults={"position": position, "seen_at": timezone.now()})
            folders.publish(folder, writer.generation)
    return put


def documents_of(kind: SearchKind, ids: Sequence[int]) -> list[SearchDocument]:
    """The documents of these ids; one that cannot be made is left out and said, so that it does not stop the rest."""
    try:
        return list(kind.documents(ids))
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001  # an app's defect in one row must not stop the index
        if len(ids) == 1:
            logger.error("%s %d cannot be indexed: %r", kind.kind, ids[0], error)
            return []
    return [document for pk in ids for document in documents_of(kind, [pk])]


@contextmanager
def _outbox_kept(name: str) -> Iterator[int]:
    """The outbox's last id; rows after it are not pruned until the end.

    The row is there with position 0 before the id is read, so that no pruner can step in between.
    """
    Follower.objects.update_or_create(name=name, defaults={"position": 0, "seen_at": timezone.now()})
    try:
        position: int = IndexChange.objects.aggregate(last=Max("id"))["last"] or 0
        Follower.objects.filter(name=name).update(position=position)
        yield position
    finally:
        Follower.objects.filter(name=name).delete()


def _batches(ids: Iterator[int]) -> Iterator[Sequence[int]]:
    while batch := list(islice(ids, BATCH)):
        yield batch
