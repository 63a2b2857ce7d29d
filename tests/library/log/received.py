"""Pages received and kept in the archive, for tests of the log."""

from __future__ import annotations

from tests.library.responses import make_response
from wellspring.engine.records import CaptureKind
from wellspring.library.models import Capture
from wellspring.library.services.captures import record_capture


def received(number: int, text: str = "") -> Capture:
    """The page of this number, as it came from its site."""
    page = make_response(f"https://news.example.com/{number}.html", (text or f"<p>page {number}</p>").encode())
    return record_capture(page, kind=CaptureKind.PAGE, requested_url=page.url)
