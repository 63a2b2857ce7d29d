"""Addresses of the library's desk and of handing an address in."""

from django.urls import URLPattern, path

from wellspring.library.views.desk import corrections, hand_in, sources, trials

desk_patterns: list[URLPattern] = [
    path("hand-in/", hand_in.hand_in, name="hand_in"),
    path("hand-in/<uuid:token>/", hand_in.handed_in, name="handed_in"),
    path("manage/sources/", sources.sources, name="desk_sources"),
    path("manage/sources/try/", trials.try_address, name="desk_try"),
    path("manage/sources/trials/<id:pk>/", trials.trial, name="desk_trial"),
    path("manage/sources/<id:pk>/", sources.source, name="desk_source"),
    path("manage/sources/<id:pk>/history/", sources.history, name="desk_source_history"),
    path("manage/sources/<id:pk>/retire/", sources.retire, name="desk_source_retire"),
    path("manage/sources/<id:pk>/state/", sources.state, name="desk_source_state"),
    path("manage/corrections/", corrections.corrections, name="desk_corrections"),
    path("manage/corrections/<id:pk>/withdraw/", corrections.withdraw, name="desk_withdraw"),
    path("manage/snapshots/<id:pk>/", corrections.correct, name="desk_correct"),
]
