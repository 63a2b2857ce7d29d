"""Addresses of people and of the desk."""

from django.urls import include, path

from wellspring.people.accounts.urls import urlpatterns as accounts
from wellspring.people.calendar_urls import urlpatterns as calendar
from wellspring.people.feeds_urls import urlpatterns as feeds
from wellspring.people.files_urls import urlpatterns as files
from wellspring.people.office_urls import urlpatterns as office
from wellspring.people.views import audit, desk, health, today

app_name = "people"
urlpatterns = [
    path("today/", today.today, name="today"),
    path("manage/", desk.desk, name="desk"),
    *accounts,
    *calendar,
    *feeds,
    *files,
    path("manage/audit/", audit.audit, name="audit"),
    path("manage/health/", health.health, name="health"),
    path("", include("wellspring.people.notices.urls")),
    *office,
    path("", include("wellspring.people.webhooks.urls")),
]
