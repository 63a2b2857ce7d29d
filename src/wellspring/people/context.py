"""Template variables of people: the desk's pages, where the viewer has any, and how many notices are unread."""

from __future__ import annotations

import functools

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wellspring.core.notices.queries import unread_count
from wellspring.people.desk import desk_of
from wellspring.people.member_pages import pages_of
from wellspring.people.middleware import viewer


def people(request: HttpRequest) -> dict[str, object]:
    if not hasattr(request, "viewer"):  # a failure page before the middleware ran
        return {}

    @functools.cache
    def unread_notices() -> int:
        user = viewer(request).user
        return unread_count(user) if user is not None else 0

    return {
        "viewer": viewer(request),
        "desk_groups": SimpleLazyObject(lambda: desk_of(viewer(request))),
        "unread_notices": unread_notices,
        "member_pages": SimpleLazyObject(lambda: pages_of(viewer(request), here=request.path)),
    }
