"""Addresses of the library."""

from django.urls import URLPattern, path, register_converter

from wellspring.core.converters import RowId
from wellspring.library.views.about import about
from wellspring.library.views.channels import channel
from wellspring.library.views.front import front, just_arrived
from wellspring.library.views.original import original, original_bytes, original_page
from wellspring.library.views.outlets import outlet
from wellspring.library.views.pictures import picture
from wellspring.library.views.search import search
from wellspring.library.views.snapshots import snapshot, snapshot_reading
from wellspring.library.views.sources import capture, source, sources
from wellspring.library.views.topics import topic

register_converter(RowId, "id")

from wellspring.library.desk_urls import desk_patterns  # noqa: E402 - its addresses use the converter
from wellspring.library.log_urls import log_patterns  # noqa: E402 - as above

app_name = "library"
urlpatterns: list[URLPattern] = [
    path("", front, name="front"),
    path("library/", search, name="search"),
    path("library/arrivals/", just_arrived, name="arrivals"),
    path("library/about/", about, name="about"),
    path("library/channels/<slug:slug>/", channel, name="channel"),
    path("library/topics/<slug:slug>/", topic, name="topic"),
    path("library/outlets/", outlet, name="outlets"),
    path("library/snapshots/<id:pk>/", snapshot, name="snapshot"),
    path("library/snapshots/<id:pk>/reading/", snapshot_reading, name="snapshot_reading"),
    path("library/snapshots/<id:pk>/original/", original, name="original"),
    path("library/snapshots/<id:pk>/original/page/", original_page, name="original_page"),
    path("library/snapshots/<id:pk>/original/bytes", original_bytes, name="original_bytes"),
    path("library/snapshots/<id:pk>/pictures/<id:position>/", picture, name="picture"),
    path("library/sources/", sources, name="sources"),
    path("library/sources/<id:pk>/", source, name="source"),
    path("library/captures/<id:pk>/", capture, name="capture"),
    *log_patterns,
    *desk_patterns,
]
