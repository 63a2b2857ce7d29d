"""Addresses of the office's calendar."""

from django.urls import path

from wellspring.people.views import calendar

urlpatterns = [
    path("manage/calendar/", calendar.month, name="calendar"),
    path("manage/calendar/<str:day>/", calendar.day, name="calendar_day"),
    path("manage/calendar/<str:day>/restore/", calendar.restore, name="calendar_restore"),
]
