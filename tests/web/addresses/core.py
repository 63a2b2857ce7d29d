"""Addresses that belong to no app."""

from tests.web.addresses.answers import POST_ONLY, everybody

TABLE = {
    "favicon": everybody(302, is_page=False),
    "healthz": everybody(200, is_page=False),
    "manifest": everybody(200, is_page=False),
    "set_language": everybody(302, is_page=False),
    "set_theme": POST_ONLY,
    "styleguide": everybody(404),
}
