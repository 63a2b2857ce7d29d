"""The capture log: what can be proved to outsiders. Rows are added; none is changed but for the salt of a removal."""

from __future__ import annotations

from django.db import models

from .captures import Capture


class LogLeaf(models.Model):
    """One capture in the log. It outlives the capture: no key to it deletes, and none is checked by the database."""

    index = models.BigIntegerField(primary_key=True)
    """0, 1, 2 … without gaps."""
    capture = models.OneToOneField(Capture, models.DO_NOTHING, db_constraint=False, related_name="leaf")
    received_at = models.DateTimeField()
    payload_digest = models.CharField(max_length=64)
    record_digest = models.CharField(max_length=64)
    address_hash = models.CharField(max_length=64)
    salt = models.CharField(max_length=32, blank=True)
    """16 random bytes in hex; deleted with the address, which then nobody can guess from the hash."""

    class Meta:
        ordering = ("-index",)


class LogTile(models.Model):
    """Up to 256 hashes of the tree, 32 bytes each; see `engine.proof.tiles`."""

    id = models.BigIntegerField(primary_key=True)
    """Level and number, as `tile_key` puts them together."""
    hashes = models.BinaryField()

    @staticmethod
    def tile_key(level: int, index: int) -> int:
        return level << 48 | index


class LogKey(models.Model):
    """A public key that signs or signed checkpoints; the private one lies in the data folder, and only there."""

    verifier = models.CharField(max_length=400, unique=True)
    """Name, id and key, as it is handed on."""
    from_size = models.BigIntegerField()
    until_size = models.BigIntegerField(null=True)
    """Size of the log when the next key took over; None: signs now."""
    made_at = models.DateTimeField()
    change = models.TextField(blank=True)
    """The note by which the key before handed over; empty for the first."""

    class Meta:
        ordering = ("id",)


class LogCheckpoint(models.Model):
    """The head of the log at one size, signed."""

    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    key = models.ForeignKey(LogKey, models.PROTECT, related_name="checkpoints")
    note = models.TextField()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["size", "id"], name="checkpoint_by_size")]


class Removal(models.Model):
    """A capture whose bytes, address and salt were taken out on purpose. Its leaf and digests stay."""

    capture = models.OneToOneField(Capture, models.PROTECT, related_name="removal")
    removed_at = models.DateTimeField()
    reference = models.CharField(max_length=60, blank=True)
    """Of the case that decided it."""
