"""Addresses of the work plan."""

from django.urls import path

from wellspring.plan.views import closing, dividing, home, items, moves, plans, progress, spreadsheets

app_name = "plan"
urlpatterns = [
    path("", home.home, name="home"),
    path("mine/", home.mine, name="mine"),
    path("open/", plans.open_new, name="open"),
    path("<int:pk>/", plans.plan, name="plan"),
    path("<int:pk>/note/", plans.note, name="note"),
    path("<int:pk>/add/", items.add, name="item_add"),
    path("<int:pk>/carry/", moves.carry_all, name="carry_all"),
    path("<int:pk>/close/", closing.close, name="close"),
    path("<int:pk>/reopen/", closing.reopen, name="reopen"),
    path("<int:pk>/merge/", dividing.merge, name="merge"),
    path("<int:pk>/import/", spreadsheets.upload, name="import"),
    path("<int:pk>/template.xlsx", spreadsheets.template, name="import_template"),
    path("<int:pk>/export/", spreadsheets.export, name="export"),
    path("imports/<int:pk>/", spreadsheets.look, name="import_look"),
    path("items/<int:pk>/", items.item, name="item"),
    path("items/<int:pk>/change/", items.change, name="item_change"),
    path("items/<int:pk>/begin/", progress.begin, name="item_begin"),
    path("items/<int:pk>/progress/", progress.report, name="item_progress"),
    path("items/<int:pk>/outcome/", progress.outcome, name="item_outcome"),
    path("items/<int:pk>/postpone/", moves.postpone, name="item_postpone"),
    path("items/<int:pk>/drop/", moves.drop, name="item_drop"),
    path("items/<int:pk>/take-up/", moves.take_up, name="item_take_up"),
    path("items/<int:pk>/carry/", moves.carry, name="item_carry"),
    path("items/<int:pk>/split/", dividing.split, name="item_split"),
]
