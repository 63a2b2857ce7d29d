"""Who may read: everybody, or in a closed house the people who are signed in."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from wellspring.library.queries.snapshots import may_read
from wellspring.people.middleware import viewer

P = ParamSpec("P")


def for_readers(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Send guests of a closed house to the sign-in page and back; polling parts of a page get an empty answer."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not may_read(viewer(request)):
            if request.headers.get("HX-Request"):
                return HttpResponse(status=401, headers={"HX-Refresh": "true"})
            if viewer(request).is_authenticated:
                raise PermissionDenied  # signed in, but belongs to no unit any more
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return wrapped
