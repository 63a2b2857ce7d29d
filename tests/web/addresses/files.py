"""Addresses of attachments and of one's own portrait."""

from typing import Any

from tests.web.addresses.answers import POST_ONLY, everybody, signed_in

TABLE = {
    "people:file": everybody(404, guest=302),  # one that there is not; who sees which: tests/people/views/test_files.py
    "people:portrait": signed_in(),
    "people:portrait_remove": POST_ONLY,
}


def arguments() -> dict[str, dict[str, Any]]:
    return {"people:file": {"key": "nobodys"}}
