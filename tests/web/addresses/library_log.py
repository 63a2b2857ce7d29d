"""Addresses of receipts and of the capture log."""

from __future__ import annotations

from typing import Any

from tests.web.addresses.answers import READERS_FILE, READERS_PAGE, everybody
from wellspring.library.models import LogLeaf
from wellspring.library.services.log_checkpoints import sign_checkpoint
from wellspring.library.services.log_leaves import append_leaves

OPEN_FILE = everybody(200, is_page=False)
TABLE = {
    "library:proof": everybody(200),
    "library:snapshot_receipt": READERS_PAGE,
    "library:snapshot_receipt_json": READERS_FILE,
    "library:capture_receipt_json": READERS_FILE,
    "library:log_checkpoint": OPEN_FILE,
    "library:log_key": OPEN_FILE,
    "library:log_consistency": OPEN_FILE,
    "library:log_tile": OPEN_FILE,
    "library:log_entries": READERS_FILE,
}


def arguments() -> dict[str, dict[str, Any]]:
    """Enters what was captured so far into the log, and signs it."""
    append_leaves()
    size = sign_checkpoint().size
    return {
        "library:capture_receipt_json": {"pk": LogLeaf.objects.get(index=0).capture_id},
        "library:log_tile": {"level": 0, "place": f"000.p/{size}"},
        "library:log_entries": {"place": f"000.p/{size}"},
    }
