"""Addresses of the library and of its API."""

from tests.web.addresses import library_desk, library_log
from tests.web.addresses.answers import READERS_DATA, READERS_FILE, READERS_PAGE, everybody

TABLE = {
    "library:front": READERS_PAGE,
    "library:search": READERS_PAGE,
    "library:arrivals": READERS_PAGE,
    "library:about": everybody(200),
    "library:channel": READERS_PAGE,
    "library:topic": READERS_PAGE,
    "library:outlets": READERS_PAGE,
    "library:snapshot": READERS_PAGE,
    "library:snapshot_reading": READERS_PAGE,
    "library:original": READERS_PAGE,
    "library:original_page": READERS_PAGE,
    "library:original_bytes": READERS_FILE,
    "library:picture": READERS_FILE,
    "library:sources": READERS_PAGE,
    "library:source": READERS_PAGE,
    "library:capture": READERS_PAGE,
    "api:openapi-json": everybody(200, is_page=False),
    "api:openapi-view": everybody(200),
    "api:api-root": everybody(404, is_page=False),
    "api:snapshots": READERS_DATA,
    "api:snapshot": READERS_DATA,
    "api:related": READERS_DATA,
    "api:channel_list": READERS_DATA,
    "api:topic_list": READERS_DATA,
    "api:source_list": READERS_DATA,
    **library_desk.TABLE,
    **library_log.TABLE,
}
