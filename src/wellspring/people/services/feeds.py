"""One's own calendar feed: switched on, given a new address, switched off."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from wellspring.core import audit
from wellspring.core.models import CalendarFeed
from wellspring.people.viewer import Actor


def renew_feed(*, actor: Actor) -> CalendarFeed:
    """Switch it on, with a new address; the one before leads nowhere from now on."""
    if actor.user is None:
        raise PermissionDenied
    with transaction.atomic():
        feed, is_new = CalendarFeed.objects.select_for_update().get_or_create(user=actor.user)
        if not is_new:
            feed.turn += 1
            feed.is_on = True
            feed.save()
        audit.record("people.feed_renewed", actor=actor.user, on=actor.user)
    return feed


def close_feed(*, actor: Actor) -> None:
    """Switch it off; its address leads nowhere."""
    if actor.user is None:
        raise PermissionDenied
    with transaction.atomic():
        feed = CalendarFeed.objects.select_for_update().filter(user=actor.user, is_on=True).first()
        if feed is None:
            return
        feed.is_on = False
        feed.turn += 1
        feed.save()
        audit.record("people.feed_closed", actor=actor.user, on=actor.user)
