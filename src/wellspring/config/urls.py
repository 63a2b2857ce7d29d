"""Every address of the house, app by app."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("wellspring.core.urls")),
    path("", include("wellspring.library.urls")),
    path("admin/", admin.site.urls),
]
