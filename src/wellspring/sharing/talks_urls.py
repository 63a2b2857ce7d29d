"""Addresses of talks, and of what is said to their suggestions."""

from django.urls import path

from wellspring.sharing.views import remarks, talks

urlpatterns = [
    path("talks/<row:pk>/", talks.talk, name="talk"),
    path("remarks/on/<row:pk>/", remarks.remark, name="remark"),
    path("remarks/<row:pk>/withdraw/", remarks.withdraw, name="remark_withdraw"),
    path("endorsements/<row:pk>/", remarks.endorse, name="endorse"),
]
