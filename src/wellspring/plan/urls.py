"""Addresses of the work plan."""

from django.urls import path

from wellspring.plan.views import home, items, plans, progress

app_name = "plan"
urlpatterns = [
    path("", home.home, name="home"),
    path("mine/", home.mine, name="mine"),
    path("open/", plans.open_new, name="open"),
    path("<int:pk>/", plans.plan, name="plan"),
    path("<int:pk>/note/", plans.note, name="note"),
    path("<int:pk>/add/", items.add, name="item_add"),
    path("items/<int:pk>/", items.item, name="item"),
    path("items/<int:pk>/change/", items.change, name="item_change"),
    path("items/<int:pk>/begin/", progress.begin, name="item_begin"),
    path("items/<int:pk>/progress/", progress.report, name="item_progress"),
    path("items/<int:pk>/outcome/", progress.outcome, name="item_outcome"),
]
