"""Addresses of sharing sessions: one list per area."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "sharing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wellspring.sharing.sessions_urls")),
    path("", include("wellspring.sharing.talks_urls")),
    path("", include("wellspring.sharing.day_urls")),
    path("", include("wellspring.sharing.ideas_urls")),
]
