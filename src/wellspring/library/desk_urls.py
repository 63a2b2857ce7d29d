"""Addresses of the library's desk and of handing an address in."""

from django.urls import URLPattern, path

from wellspring.library.views.desk import channels, corrections, hand_in, opml, sources, topics, trials

desk_patterns: list[URLPattern] = [
    path("hand-in/", hand_in.hand_in, name="hand_in"),
    path("hand-in/<uuid:token>/", hand_in.handed_in, name="handed_in"),
    path("manage/sources/", sources.sources, name="desk_sources"),
    path("manage/sources/try/", trials.try_address, name="desk_try"),
    path("manage/sources/opml/", opml.bring, name="desk_opml"),
    path("manage/sources/opml/<id:pk>/", opml.brought, name="desk_opml_import"),
    path("manage/sources/sources.opml", opml.take_away, name="desk_opml_file"),
    path("manage/sources/trials/<id:pk>/", trials.trial, name="desk_trial"),
    path("manage/sources/<id:pk>/", sources.source, name="desk_source"),
    path("manage/sources/<id:pk>/history/", sources.history, name="desk_source_history"),
    path("manage/sources/<id:pk>/retire/", sources.retire, name="desk_source_retire"),
    path("manage/sources/<id:pk>/state/", sources.state, name="desk_source_state"),
    path("manage/channels/", channels.channels, name="desk_channels"),
    path("manage/channels/new/", channels.new_channel, name="desk_channel_new"),
    path("manage/channels/<id:pk>/", channels.channel, name="desk_channel"),
    path("manage/channels/<id:pk>/state/", channels.state, name="desk_channel_state"),
    path("manage/channels/<id:pk>/merge/", channels.merge, name="desk_channel_merge"),
    path("manage/topics/", topics.topics, name="desk_topics"),
    path("manage/topics/new/", topics.new_topic, name="desk_topic_new"),
    path("manage/topics/<id:pk>/", topics.topic, name="desk_topic"),
    path("manage/topics/<id:pk>/state/", topics.state, name="desk_topic_state"),
    path("manage/topics/<id:pk>/retire/", topics.retire, name="desk_topic_retire"),
    path("manage/topics/<id:pk>/merge/", topics.merge, name="desk_topic_merge"),
    path("manage/refilings/<id:pk>/", topics.refiling, name="desk_refiling"),
    path("manage/corrections/", corrections.corrections, name="desk_corrections"),
    path("manage/corrections/<id:pk>/withdraw/", corrections.withdraw, name="desk_withdraw"),
    path("manage/snapshots/<id:pk>/", corrections.correct, name="desk_correct"),
]
