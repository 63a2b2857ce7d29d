"""Addresses of people and of the desk."""

from tests.web.addresses.answers import only

TABLE = {
    "people:desk": only(),
}
