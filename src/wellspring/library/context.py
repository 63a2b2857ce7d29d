"""Template variables of the library that every page needs."""

from __future__ import annotations

from django.http import HttpRequest

from wellspring.library.queries.lists import channels


def library(request: HttpRequest) -> dict[str, object]:
    """The channels of the navigation; they are read when a page shows them, not before."""
    return {"nav_channels": channels()}
