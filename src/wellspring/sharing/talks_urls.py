"""Addresses of talks: reading, writing, their evidence, and what is said to their suggestions."""

from django.urls import path

from wellspring.sharing.views import evidence, remarks, talk_editor, talk_steps, talks

urlpatterns = [
    path("talks/new/", talk_steps.new, name="talk_new"),
    path("talks/<row:pk>/", talks.talk, name="talk"),
    path("talks/<row:pk>/screen/", talks.screen, name="talk_screen"),
    path("talks/<row:pk>/edit/", talk_editor.edit, name="talk_edit"),
    path("talks/<row:pk>/similar/", talk_editor.similar, name="talk_similar"),
    path("talks/<row:pk>/hand-in/", talk_steps.hand_in, name="talk_hand_in"),
    path("talks/<row:pk>/take-back/", talk_steps.take_back, name="talk_take_back"),
    path("talks/<row:pk>/copy/", talk_steps.copy, name="talk_copy"),
    path("talks/<row:pk>/delete/", talk_steps.delete, name="talk_delete"),
    path("talks/<row:pk>/evidence/", evidence.evidence, name="evidence"),
    path("talks/<row:pk>/evidence/add/", evidence.add, name="evidence_add"),
    path("talks/<row:pk>/evidence/upload/", evidence.upload, name="evidence_upload"),
    path("talks/<row:pk>/evidence/<row:row>/", evidence.change, name="evidence_change"),
    path("remarks/on/<row:pk>/", remarks.remark, name="remark"),
    path("remarks/<row:pk>/withdraw/", remarks.withdraw, name="remark_withdraw"),
    path("endorsements/<row:pk>/", remarks.endorse, name="endorse"),
]
