"""A member hands an address in: asked for here, captured by the worker; who did stands in the audit trail alone."""

from __future__ import annotations

import re
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.core.errors import DomainError
from wellspring.core.models import AuditEntry
from wellspring.engine.fetch.urls import parse_url
from wellspring.library.desk_tasks import capture_handed_in
from wellspring.library.models import Channel, HandIn, Snapshot
from wellspring.library.queries.hand_ins import HANDED_IN
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor

MOST_AN_HOUR = 30
_SOON = 10
_ADDRESS = re.compile(r"https?://[^\s<>\"'“”‘’《》【】（）「」，。；、！？]+", re.I)
_BARE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[:/]\S*)?", re.I)


class TooManyHandedIn(DomainError):
    code = "too_many_handed_in"


def picked_address(*texts: str) -> str:
    """The first web address in these texts, such as a share sheet gives them; empty where there is none.

    A text that is nothing but a host, with or without a path, counts as one under https.
    """
    for text in texts:
        if found := _ADDRESS.search(text):
            return found.group().rstrip(".,;:!?)]}")
    bare = next((text.strip() for text in texts if _BARE.fullmatch(text.strip())), "")
    return f"https://{bare}" if bare else ""


def hand_in(*, actor: Actor, url: str, channel: Channel | None = None) -> HandIn:
    """Have a page captured. What the library has already is pointed to, what is on its way is not asked for twice.

    Raises PermissionDenied, TooManyHandedIn, and AddressRefused for what is no web address.
    """
    actor.require(Permission.HAND_IN)
    url = parse_url(url).url
    with transaction.atomic():
        _check_rate(actor)
        known = Snapshot.objects.filter(Q(original_url=url) | Q(capture__requested_url=url), is_latest=True).first()
        waiting = None if known else HandIn.objects.filter(url=url, finished_at=None).first()
        handed = waiting or HandIn.objects.create(
            url=url,
            channel=channel,
            snapshot=known,
            was_known=known is not None,
            finished_at=timezone.now() if known else None,
        )
        audit.record(HANDED_IN, actor=actor.user, on=handed)
        if known is None and waiting is None:
            capture_handed_in.using(priority=_SOON).enqueue(handed.pk)
    return handed


def _check_rate(actor: Actor) -> None:
    if actor.user is None:
        return
    lately = AuditEntry.objects.filter(actor=actor.user, action=HANDED_IN, at__gt=timezone.now() - timedelta(hours=1))
    if lately.count() >= MOST_AN_HOUR:
        raise TooManyHandedIn(
            _("You handed in %(most)s addresses within an hour. Please go on a little later.") % {"most": MOST_AN_HOUR}
        )
