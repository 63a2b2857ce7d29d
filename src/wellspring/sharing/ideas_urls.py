"""Addresses of ideas: board and list, one idea and what can be done with it."""

from django.urls import path

from wellspring.sharing.views import across, ideas

urlpatterns = [
    path("ideas/", ideas.ideas, name="ideas"),
    path("ideas/list/", ideas.listed, name="ideas_list"),
    path("ideas/add/", ideas.add, name="idea_add"),
    path("ideas/open/", across.browse, name="ideas_open"),
    path("ideas/<row:pk>/", ideas.idea, name="idea"),
    path("ideas/<row:pk>/change/", ideas.change, name="idea_change"),
    path("ideas/<row:pk>/decide/", ideas.decide, name="idea_decide"),
]
