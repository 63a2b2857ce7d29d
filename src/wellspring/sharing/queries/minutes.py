"""The minutes of a session: as they were kept, or written anew from what happened."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wellspring.sharing.minutes_blocks import Block, blocks_of
from wellspring.sharing.minutes_words import written
from wellspring.sharing.models import Minutes, SharingSession
from wellspring.sharing.queries.happened import happened_at


@dataclass(frozen=True, slots=True)
class ShownMinutes:
    """Minutes as they stand now."""

    session: SharingSession
    text: str
    kept: Minutes | None
    """None while they write themselves; with `edited_by` and `signed_off_by`."""

    @property
    def blocks(self) -> list[Block]:
        return list(blocks_of(self.text))

    @property
    def is_signed(self) -> bool:
        return self.kept is not None and self.kept.signed_off_at is not None

    @property
    def version(self) -> int:
        """0 while they write themselves."""
        return self.kept.version if self.kept else 0

    @property
    def seal(self) -> str:
        """Of the words: who signs sends it back, so that nobody signs what she did not see."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:32]

    @property
    def title(self) -> str:
        """Of the paper."""
        return _("Minutes of “%(title)s”, %(unit)s") % {"title": self.session.title, "unit": self.session.org.name}


def minutes_of(session: SharingSession) -> ShownMinutes:
    """Of a session that the caller may see: one query where they are kept, nine where they write themselves."""
    kept = Minutes.objects.filter(session=session).select_related("edited_by", "signed_off_by").first()
    return ShownMinutes(session, kept.text if kept else written(happened_at(session)), kept)
