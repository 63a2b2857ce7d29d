"""Addresses of proof: receipts, what they prove, and the log for those who watch it."""

from django.urls import URLPattern, path

from wellspring.library.views import log, receipts

log_patterns: list[URLPattern] = [
    path("library/proof/", receipts.proof, name="proof"),
    path("library/snapshots/<id:pk>/receipt/", receipts.snapshot_receipt, name="snapshot_receipt"),
    path("library/snapshots/<id:pk>/receipt.json", receipts.snapshot_receipt_json, name="snapshot_receipt_json"),
    path("library/captures/<id:pk>/receipt.json", receipts.capture_receipt_json, name="capture_receipt_json"),
    path("log/checkpoint", log.log_checkpoint, name="log_checkpoint"),
    path("log/key", log.log_key, name="log_key"),
    path("log/consistency", log.log_consistency, name="log_consistency"),
    path("log/tile/entries/<path:place>", log.log_entries, name="log_entries"),
    path("log/tile/<int:level>/<path:place>", log.log_tile, name="log_tile"),
]
