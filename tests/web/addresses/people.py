"""Addresses of people and of the desk."""

from tests.web.addresses.answers import only, signed_in

TABLE = {
    "people:today": signed_in(),
    "people:desk": only("worker", "mentor", "archivist", "leader", "administrator", "stranger"),
    "people:health": only("archivist", "leader", "administrator", "stranger"),
}
