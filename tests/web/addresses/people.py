"""Addresses of people and of the desk."""

from tests.web.addresses.answers import only

TABLE = {
    "people:desk": only("archivist", "leader", "administrator", "stranger"),
    "people:health": only("archivist", "leader", "administrator", "stranger"),
}
