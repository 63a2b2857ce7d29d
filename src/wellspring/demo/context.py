"""Template variables of the demo."""

from __future__ import annotations

from django.http import HttpRequest

from wellspring.demo.entrance import is_open_to


def demo(request: HttpRequest) -> dict[str, object]:
    """`demo_open`: whether this request may look around as one of the demo's people."""
    return {"demo_open": is_open_to(request)}
