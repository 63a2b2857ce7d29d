"""One's own portrait."""

from __future__ import annotations

from typing import IO

from django.core.exceptions import PermissionDenied
from django.db import transaction

from wellspring.core import audit
from wellspring.core.attachments.services import keep_attachment, prepare_attachment, remove_attachment
from wellspring.core.models import Attachment, User
from wellspring.people.viewer import Actor

PORTRAIT = "people.portrait"


def set_portrait(*, actor: Actor, file: IO[bytes], name: str) -> Attachment:
    """Show this picture, cut to a square, beside one's name; the one before is let go.

    Raises the errors of `core.attachments.errors`, PermissionDenied for guests.
    """
    if actor.user is None:
        raise PermissionDenied
    prepared = prepare_attachment(file=file, name=name, purpose=PORTRAIT)
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=actor.user.pk)
        before = Attachment.objects.filter(key=user.portrait_id).first()
        user.portrait = kept = keep_attachment(prepared, actor_user=actor.user)
        user.save(update_fields=["portrait"])
        if before is not None:
            remove_attachment(before)
        audit.record("people.portrait_set", actor=actor.user, on=user)
    return kept


def remove_portrait(*, actor: Actor) -> bool:
    """Show none. False where there was none."""
    if actor.user is None:
        raise PermissionDenied
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=actor.user.pk)
        before = Attachment.objects.filter(key=user.portrait_id).first()
        if before is None:
            return False
        user.portrait = None
        user.save(update_fields=["portrait"])
        remove_attachment(before)
        audit.record("people.portrait_removed", actor=actor.user, on=user)
    return True
