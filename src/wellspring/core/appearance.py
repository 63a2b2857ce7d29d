"""How the pages look to a reader: light or dark, and 长辈版; a cookie before signing in, her account after."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from wellspring.core.models import User

THEMES = ("auto", "light", "dark")
_THEME_COOKIE = "theme"
_ELDER_COOKIE = "elder"
_YEAR = 365 * 24 * 3600


def chosen_theme(request: HttpRequest) -> str:
    """`auto`, `light` or `dark`."""
    user = _user(request)
    theme = user.theme if user else request.COOKIES.get(_THEME_COOKIE, "")
    return theme if theme in THEMES else "auto"


def is_elder_mode(request: HttpRequest) -> bool:
    """Whether the pages are shown in 长辈版: large type, large targets, one thing after another."""
    user = _user(request)
    return user.elder_mode if user else request.COOKIES.get(_ELDER_COOKIE) == "1"


def take_over_choices(request: HttpRequest, user: User) -> None:
    """At sign-in: what she chose on this device before becomes her own, where her account knows no choice yet."""
    theme = request.COOKIES.get(_THEME_COOKIE, "")
    changed = []
    if not user.theme and theme in ("light", "dark"):
        user.theme = theme
        changed.append("theme")
    if not user.elder_mode and request.COOKIES.get(_ELDER_COOKIE) == "1":
        user.elder_mode = True
        changed.append("elder_mode")
    if changed:
        user.save(update_fields=changed)


def remember_choices(response: HttpResponse, *, theme: str, elder: bool) -> None:
    """Let this device know the choices as well: the sign-in page looks as the pages behind it."""
    _remember(response, _THEME_COOKIE, theme if theme in ("light", "dark") else "")
    _remember(response, _ELDER_COOKIE, "1" if elder else "")


@require_POST
def set_theme(request: HttpRequest) -> HttpResponseRedirect:
    """Remember `theme` (auto, light, dark) or `elder` (on, off), and go back to where the reader was.

    An unknown theme means as the system has it. What is not sent stays as it is.
    """
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    theme, elder = chosen_theme(request), is_elder_mode(request)
    if "theme" in request.POST:
        theme = request.POST["theme"] if request.POST["theme"] in THEMES else "auto"
    if "elder" in request.POST:
        elder = request.POST["elder"] == "on"
    user = _user(request)
    if user:
        user.theme, user.elder_mode = "" if theme == "auto" else theme, elder
        user.save(update_fields=["theme", "elder_mode"])
    response = HttpResponseRedirect(back)
    remember_choices(response, theme=theme, elder=elder)
    return response


def _user(request: HttpRequest) -> User | None:
    """Whoever is signed in; nobody where the database does not answer: a failure has its page all the same."""
    try:
        user = getattr(request, "user", None)
        return user if isinstance(user, User) or getattr(user, "is_authenticated", False) else None
    except DatabaseError:
        return None


def _remember(response: HttpResponse, cookie: str, value: str) -> None:
    if value:
        response.set_cookie(
            cookie, value, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
        )
    else:
        response.delete_cookie(cookie, samesite="Lax")
