"""What became of an address is told to whoever handed it in; the audit trail knows who that was."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.urls import reverse

from wellspring.core.models import AuditEntry, User
from wellspring.core.notices.services import notify
from wellspring.library.models import HandIn
from wellspring.library.notices import HANDED_IN_FAILED, HANDED_IN_READY
from wellspring.library.queries.hand_ins import HANDED_IN


def tell_who_handed_in(handed: HandIn) -> None:
    """Tell everybody who handed this address in what became of it, in the transaction that ends it."""
    entries = AuditEntry.objects.filter(
        action=HANDED_IN, object_type=HandIn._meta.label_lower, object_id=handed.pk, actor__isnull=False
    )
    people = User.objects.filter(pk__in=entries.values("actor"))
    page = reverse("library:handed_in", args=[handed.token])
    if handed.snapshot is not None:
        notify(people, HANDED_IN_READY, data={"title": handed.snapshot.title[:120]}, url=page, about=handed)
    else:
        notify(people, HANDED_IN_FAILED, data={"host": urlsplit(handed.url).hostname or ""}, url=page, about=handed)
