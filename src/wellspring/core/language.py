"""The language of the pages: a cookie before signing in, kept with the account after."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language as django_set_language

from wellspring.core.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Remember the language and go back to where the reader was; only a POST changes anything."""
    response: HttpResponseBase = django_set_language(request)
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES) and request.user.language != language:
        request.user.language = language
        request.user.save(update_fields=["language"])
    return response
