"""What portraits are for and who may see them; their words in the audit trail."""

from __future__ import annotations

from wellspring.core.attachments.files import Sweep
from wellspring.core.attachments.purposes import AttachmentPurpose, register_attachment_purposes
from wellspring.core.models import Attachment, User
from wellspring.core.registry import Action, register_actions, register_sweep
from wellspring.engine.errors import marked
from wellspring.people.models import Member
from wellspring.people.permissions import Permission
from wellspring.people.services.portraits import PORTRAIT
from wellspring.people.viewer import Viewer

SIDE = 384
"""Pixels: sharp at the largest size shown, on a telephone's screen."""


def register() -> None:
    register_attachment_purposes(
        AttachmentPurpose(PORTRAIT, may_see_portrait, most_bytes=15_000_000, pictures_only=True, square=SIDE)
    )
    register_actions(
        Action("people.portrait_set", marked("changed the portrait")),
        Action("people.portrait_removed", marked("removed the portrait")),
    )
    register_sweep("attachments without a row", Sweep())


def may_see_portrait(viewer: Viewer, portrait: Attachment) -> bool:
    """She herself, and whoever sees the people of a unit that she belongs to or belonged to."""
    whose = User.objects.filter(portrait=portrait)
    if viewer.user is not None and whose.filter(pk=viewer.user.pk).exists():
        return True
    return Member.objects.filter(viewer.below(Permission.SEE_PEOPLE, "org__path"), user__in=whose).exists()
