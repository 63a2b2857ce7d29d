"""Addresses of what belongs to no app."""

from django.urls import path, register_converter

from wellspring.core import appearance, language, views
from wellspring.core.converters import RowId

# Here, because the addresses of core are read before those of the apps above, which use it.
register_converter(RowId, "row")

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("i18n/setlang/", language.set_language, name="set_language"),
    path("appearance/", appearance.set_theme, name="set_theme"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
