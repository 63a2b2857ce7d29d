"""Addresses of what belongs to no app."""

from django.urls import include, path

from wellspring.core import appearance, views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("appearance/", appearance.set_theme, name="set_theme"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", views.SignOut.as_view(), name="sign_out"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
