"""Taking files in and letting them go."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from wellspring.core.attachments import files, kinds, pictures, scanning
from wellspring.core.attachments.errors import FileEmpty, FileTooLarge, KindRefused
from wellspring.core.attachments.purposes import AttachmentPurpose, attachment_purposes
from wellspring.core.models import Attachment, User


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was checked, made harmless and written to disk; it counts once a row speaks of it."""

    purpose: str
    name: str
    content_type: str
    digest: str
    size: int
    width: int | None = None
    height: int | None = None


def prepare_attachment(*, file: IO[bytes], name: str, purpose: str) -> Prepared:
    """Check the file, make a picture anew, have it scanned, write it to disk. Not inside a transaction.

    Raises the errors of `core.attachments.errors`.
    """
    rules = attachment_purposes()[purpose]
    data = _read(file, rules)
    kind = kinds.kind_of(data)
    if rules.pictures_only and kind not in kinds.PICTURES:
        raise KindRefused(_("Only pictures are taken here: JPEG, PNG, WebP or GIF."))
    scanning.scan(data)
    width = height = None
    if kind in kinds.PICTURES:
        picture = pictures.made_anew(data, square=rules.square)
        data, kind, width, height = picture.data, picture.content_type, picture.width, picture.height
    digest = hashlib.sha256(data).hexdigest()
    files.write(digest, data)
    return Prepared(purpose, kinds.harmless_name(name, kind), kind, digest, len(data), width, height)


def keep_attachment(prepared: Prepared, *, actor_user: User | None) -> Attachment:
    """The row of a prepared file, in the caller's transaction."""
    return Attachment.objects.create(
        purpose=prepared.purpose,
        name=prepared.name,
        content_type=prepared.content_type,
        digest=prepared.digest,
        size=prepared.size,
        width=prepared.width,
        height=prepared.height,
        uploaded_by=actor_user,
    )


def store_attachment(*, actor_user: User | None, file: IO[bytes], name: str, purpose: str) -> Attachment:
    """Both at once, for a caller without a transaction of its own. Raises the errors of `core.attachments.errors`."""
    prepared = prepare_attachment(file=file, name=name, purpose=purpose)
    with transaction.atomic():
        return keep_attachment(prepared, actor_user=actor_user)


def remove_attachment(attachment: Attachment) -> None:
    """Let go of it, in the caller's transaction: nobody can open it from then on, the bytes are swept up in hours."""
    attachment.delete()


def _read(file: IO[bytes], rules: AttachmentPurpose) -> bytes:
    data = file.read(rules.most_bytes + 1)
    if not data:
        raise FileEmpty(_("This file is empty. Choose another."))
    if len(data) > rules.most_bytes:
        raise FileTooLarge(
            _("This file is larger than %(megabytes)s MB. Make it smaller and try again.")
            % {"megabytes": rules.most_bytes // 1_000_000}
        )
    return data
