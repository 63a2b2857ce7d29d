"""Every address of the house, app by app."""

from django.contrib import admin
from django.urls import include, path

from wellspring.library.api import api

urlpatterns = [
    path("", include("wellspring.core.urls")),
    path("", include("wellspring.people.accounts.entrance")),
    path("", include("wellspring.people.urls")),
    path("", include("wellspring.library.urls")),
    path("sharing/", include("wellspring.sharing.urls")),
    path("plan/", include("wellspring.plan.urls")),
    path("", include("wellspring.demo.urls")),
    path("api/", api.urls),
    path("admin/", admin.site.urls),
]

handler400 = "wellspring.core.failures.bad_request"
handler403 = "wellspring.core.failures.permission_denied"
handler404 = "wellspring.core.failures.not_found"
handler500 = "wellspring.core.failures.server_error"
