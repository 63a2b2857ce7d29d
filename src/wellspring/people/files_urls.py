"""Addresses of attachments and of one's own portrait."""

from django.urls import path

from wellspring.people.views import files

urlpatterns = [
    path("files/<slug:key>/", files.file, name="file"),
    path("account/portrait/", files.portrait, name="portrait"),
    path("account/portrait/remove/", files.remove, name="portrait_remove"),
]
