"""Pages that belong to no app."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wellspring.core.registry import member_pages, share_target
from wellspring.core.sampler import samples


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component on one page, in development only."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "core/styleguide.html", samples())


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a telephone needs to put the site on its home screen, with short cuts and a place in the share sheet."""
    name = settings.ENVIRONMENT.site_name or _("Wellspring")
    icons = [
        {"src": static("core/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("core/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {"src": static("core/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
    ]
    told: dict[str, object] = {
        "id": "/",
        "name": name,
        "short_name": name,
        "description": _("News snapshots and daily work for the people who look after a neighbourhood."),
        "lang": "en" if get_language() == "en" else "zh-Hans",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf6ec",
        "theme_color": "#faf6ec",
        "icons": icons,
        "shortcuts": [
            {"name": _(page.name), "url": reverse(page.url_name), "icons": icons[:1]}
            for page in member_pages()
            if page.short
        ],
    }
    if target := share_target():
        takes = {name: name for name in ("title", "text", "url")}
        told["share_target"] = {"action": reverse(target), "method": "GET", "params": takes}
    return JsonResponse(told, content_type="application/manifest+json")


@require_safe
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """For whoever asks for the icon without having read the page."""
    return HttpResponseRedirect(static("core/favicon.ico"))
