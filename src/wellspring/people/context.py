"""Template variables of people: the desk's pages, where the viewer has any."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wellspring.people.desk import desk_of
from wellspring.people.middleware import viewer


def people(request: HttpRequest) -> dict[str, object]:
    if not hasattr(request, "viewer"):  # a failure page before the middleware ran
        return {}
    return {"viewer": viewer(request), "desk_groups": SimpleLazyObject(lambda: desk_of(viewer(request)))}
