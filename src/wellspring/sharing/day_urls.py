"""Addresses of a session on its day and after it."""

from django.urls import path

from wellspring.sharing.views import attendance, day, live, screen

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
]
