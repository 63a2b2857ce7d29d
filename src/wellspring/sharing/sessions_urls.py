"""Addresses of sessions, their series and agendas."""

from django.urls import path

from wellspring.sharing.views import agenda, series, session_forms, sessions, speaking

urlpatterns = [
    path("", sessions.home, name="home"),
    path("sessions/new/", session_forms.add, name="session_add"),
    path("sessions/<row:pk>/", sessions.session, name="session"),
    path("sessions/<row:pk>/change/", session_forms.change, name="session_change"),
    path("sessions/<row:pk>/move/", session_forms.move, name="session_move"),
    path("sessions/<row:pk>/cancel/", session_forms.cancel, name="session_cancel"),
    path("sessions/<row:pk>/reinstate/", session_forms.reinstate, name="session_reinstate"),
    path("sessions/<row:pk>/propose/", agenda.propose, name="propose"),
    path("sessions/<row:pk>/take-talk/", agenda.take_talk, name="take_talk"),
    path("sessions/<row:pk>/volunteer/", speaking.put_down, name="volunteer"),
    path("slots/<row:pk>/order/", agenda.order, name="slot_order"),
    path("slots/<row:pk>/minutes/", agenda.minutes, name="slot_minutes"),
    path("slots/<row:pk>/off/", agenda.off, name="slot_off"),
    path("slots/<row:pk>/cannot/", agenda.cannot, name="slot_cannot"),
    path("slots/<row:pk>/agree/", speaking.agree, name="slot_agree"),
    path("slots/<row:pk>/decline/", speaking.decline, name="slot_decline"),
    path("slots/<row:pk>/talk/", speaking.talk, name="slot_talk"),
    path("slots/<row:pk>/swap/", speaking.swap, name="slot_swap"),
    path("swaps/<row:pk>/answer/", speaking.swap_answer, name="swap_answer"),
    path("swaps/<row:pk>/withdraw/", speaking.swap_withdraw, name="swap_withdraw"),
    path("series/new/", series.add, name="series_add"),
    path("series/<row:pk>/", series.series, name="series"),
    path("series/<row:pk>/change/", series.change, name="series_change"),
    path("series/<row:pk>/end/", series.end, name="series_end"),
]
