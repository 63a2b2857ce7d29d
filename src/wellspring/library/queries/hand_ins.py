"""What members handed in, as far as the one who looks did it herself."""

from __future__ import annotations

from django.db.models import QuerySet

from wellspring.core.models import AuditEntry
from wellspring.library.models import HandIn
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer

HANDED_IN = "library.handed_in"
"""The action in the audit trail, which alone says who."""
LATELY = 10


def visible_hand_ins(*, viewer: Viewer) -> QuerySet[HandIn]:
    """Whoever may hand in and was given the address of a hand-in may look at it: it does not say whose it is."""
    rows = HandIn.objects.select_related("snapshot__source", "snapshot__channel")
    return rows if viewer.may(Permission.HAND_IN) else rows.none()


def own_hand_ins(*, viewer: Viewer) -> list[HandIn]:
    """The viewer's own last ten, newest first."""
    if viewer.user is None:
        return []
    entries = AuditEntry.objects.filter(actor=viewer.user, action=HANDED_IN).order_by("-number")
    ids = [pk for pk in entries.values_list("object_id", flat=True)[:LATELY] if pk is not None]
    rows = visible_hand_ins(viewer=viewer).in_bulk(ids)
    return [rows[pk] for pk in dict.fromkeys(ids) if pk in rows]
