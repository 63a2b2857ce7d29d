"""Addresses of the demo."""

from django.urls import path

from wellspring.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/people/", views.people, name="people"),
    path("demo/sign-in/", views.sign_in, name="sign_in"),
]
