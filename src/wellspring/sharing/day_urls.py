"""Addresses of a session on its day and after it."""

from django.urls import path

from wellspring.sharing.views import attendance, day, live, mine, minutes, screen

urlpatterns = [
    path("sessions/<row:pk>/begin/", day.begin, name="begin"),
    path("sessions/<row:pk>/end/", day.end, name="end"),
    path("sessions/<row:pk>/resume/", day.resume, name="resume"),
    path("slots/<row:pk>/begin/", day.slot_begin, name="slot_begin"),
    path("slots/<row:pk>/end/", day.slot_end, name="slot_end"),
    path("slots/<row:pk>/absent/", day.slot_absent, name="slot_absent"),
    path("sessions/<row:pk>/live/", live.live, name="live"),
    path("sessions/<row:pk>/screen/", screen.screen, name="screen"),
    path("sessions/<row:pk>/screen/live/", screen.screen_live, name="screen_live"),
    path("in/<slug:code>/", screen.check_in_by_code, name="in"),
    path("sessions/<row:pk>/attendance/", attendance.attendance, name="attendance"),
    path("attendance/<row:pk>/out/", attendance.take_out, name="attendance_out"),
    path("sessions/<row:pk>/here/", attendance.here, name="here"),
    path("sessions/<row:pk>/takeaway/", mine.takeaway, name="takeaway"),
    path("mine/", mine.mine, name="mine"),
    path("sessions/<row:pk>/minutes/", minutes.minutes, name="minutes"),
    path("sessions/<row:pk>/minutes/word/", minutes.word, name="minutes_word"),
    path("sessions/<row:pk>/minutes/edit/", minutes.edit, name="minutes_edit"),
    path("sessions/<row:pk>/minutes/reset/", minutes.reset, name="minutes_reset"),
    path("sessions/<row:pk>/minutes/sign/", minutes.sign, name="minutes_sign"),
    path("sessions/<row:pk>/minutes/open/", minutes.open_again, name="minutes_open"),
]
