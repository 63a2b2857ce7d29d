"""What pictures of updates are for, and who may see them."""

from __future__ import annotations

from wellspring.core.attachments.purposes import AttachmentPurpose, register_attachment_purposes
from wellspring.core.models import Attachment
from wellspring.people.viewer import Viewer
from wellspring.plan.queries.plans import visible_items
from wellspring.plan.services.progress import PROGRESS_PICTURE


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_attachment_purposes(
        AttachmentPurpose(PROGRESS_PICTURE, may_see_picture, most_bytes=15_000_000, pictures_only=True)
    )


def may_see_picture(viewer: Viewer, picture: Attachment) -> bool:
    """Whoever sees the item that the update is about."""
    return visible_items(viewer).filter(progress__pictures=picture).exists()
