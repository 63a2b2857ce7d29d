"""Telling the phones and the screen of a running session that there is something new."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from wellspring.sharing.models import SharingSession


def touch_live(session_id: int | None) -> None:
    """Let every poll of this session fetch again; nothing for None.

    Call it inside the transaction of the change, **before** the row that is new is written: it holds the session's row
    until commit, so that ids of remarks become visible in their order and a phone that has seen one has seen all
    before it.
    """
    if session_id is None:
        return
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("touch_live belongs inside the change's transaction")
    SharingSession.objects.filter(pk=session_id).update(live_version=F("live_version") + 1)
