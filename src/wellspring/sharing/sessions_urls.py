"""Addresses of sessions: the list, and one of them."""

from django.urls import path

from wellspring.sharing.views import sessions

urlpatterns = [
    path("", sessions.home, name="home"),
    path("sessions/<row:pk>/", sessions.session, name="session"),
]
