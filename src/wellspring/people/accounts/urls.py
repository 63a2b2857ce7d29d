"""Addresses of accounts within people."""

from django.urls import path

from wellspring.people.accounts.views import links

urlpatterns = [
    path("manage/people/<int:pk>/sign-in-link/", links.make_link, name="make_sign_in_link"),
    path("sign-in/link/", links.new_password, name="new_password"),
    path("sign-in/link/<str:secret>/", links.open_link, name="sign_in_link"),
]
