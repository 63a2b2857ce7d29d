"""Addresses of notices."""

from django.urls import path

from wellspring.people.notices import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/unread/", views.unread, name="unread_notices"),
    path("notices/read/", views.read_all, name="read_notices"),
    path("notices/<row:pk>/", views.open_notice, name="notice"),
    path("account/notices/", views.choices, name="notice_choices"),
]
