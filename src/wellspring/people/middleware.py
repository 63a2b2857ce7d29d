"""`request.viewer`: who asks, with her roles, read when first needed."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from wellspring.people.viewer import Viewer, viewer_of


class ViewerMiddleware:
    """Sets `request.viewer`. After Django's AuthenticationMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request.user))  # type: ignore[attr-defined]  # ours
        return self.get_response(request)


def viewer(request: HttpRequest) -> Viewer:
    """The request's viewer, typed."""
    return request.viewer  # type: ignore[attr-defined]  # set by ViewerMiddleware
