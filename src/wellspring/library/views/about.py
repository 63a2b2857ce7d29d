"""What the library is, how its crawler behaves, and how to ask for removal. Open to everybody."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    delay = settings.ENVIRONMENT.crawl_delay
    context = {"delay": int(delay) if delay == int(delay) else delay, "here": "about"}
    return render(request, "library/about.html", context)
