"""Addresses of ideas: board and list, one idea and what can be done with it."""

from django.urls import path

from wellspring.sharing.views import across, adoption, figures, ideas, study, trace

urlpatterns = [
    path("figures/", figures.figures, name="figures"),
    path("figures/export/", figures.export, name="figures_export"),
    path("ideas/", ideas.ideas, name="ideas"),
    path("ideas/list/", ideas.listed, name="ideas_list"),
    path("ideas/add/", ideas.add, name="idea_add"),
    path("ideas/open/", across.browse, name="ideas_open"),
    path("ideas/<row:pk>/", ideas.idea, name="idea"),
    path("ideas/<row:pk>/change/", ideas.change, name="idea_change"),
    path("ideas/<row:pk>/decide/", ideas.decide, name="idea_decide"),
    path("ideas/<row:pk>/adopt/", adoption.adopt, name="idea_adopt"),
    path("ideas/<row:pk>/open/", across.switch, name="idea_open"),
    path("ideas/<row:pk>/follow/", across.follow, name="idea_follow"),
    path("ideas/<row:pk>/copy/", across.copy, name="idea_copy"),
    path("ideas/<row:pk>/trace/", trace.trace, name="trace"),
    path("ideas/<row:pk>/study/", study.study, name="idea_study"),
    path("ideas/<row:pk>/study/write/", study.write, name="study_write"),
    path("ideas/<row:pk>/study/people/", study.change, name="study_change"),
]
