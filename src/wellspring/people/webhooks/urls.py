"""Addresses of the desk's page about group chats."""

from django.urls import path

from wellspring.people.webhooks import views

urlpatterns = [
    path("manage/group-chats/", views.webhooks, name="webhooks"),
    path("manage/group-chats/add/", views.add, name="add_webhook"),
    path("manage/group-chats/<row:pk>/", views.webhook, name="webhook"),
    path("manage/group-chats/<row:pk>/trial/", views.trial, name="try_webhook"),
    path("manage/group-chats/<row:pk>/switch/", views.switch, name="switch_webhook"),
    path("manage/group-chats/<row:pk>/remove/", views.remove, name="remove_webhook"),
]
