"""Addresses of private calendar feeds."""

from django.urls import path

from wellspring.people.views import feeds

urlpatterns = [
    path("calendar/<str:token>.ics", feeds.feed, name="feed"),
    path("account/calendar/", feeds.own, name="own_feed"),
    path("account/calendar/renew/", feeds.renew, name="feed_renew"),
    path("account/calendar/close/", feeds.close, name="feed_close"),
]
