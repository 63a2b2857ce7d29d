"""Addresses of accounts within people."""

from django.urls import path

from wellspring.people.accounts.views import links, profile, sessions

urlpatterns = [
    path("account/", profile.profile, name="account"),
    path("account/password/", profile.password, name="password"),
    path("account/sessions/", sessions.own, name="sessions"),
    path("manage/people/<row:pk>/sessions/", sessions.of_person, name="sessions_of"),
    path("manage/people/<row:pk>/sign-in-link/", links.make_link, name="make_sign_in_link"),
    path("sign-in/link/", links.new_password, name="new_password"),
    path("sign-in/link/<str:secret>/", links.open_link, name="sign_in_link"),
]
