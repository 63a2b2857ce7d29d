"""Files that people hand in, each for a purpose that says who may read it."""

import secrets

from django.db import models


def new_key() -> str:
    """What stands in a file's address; nobody guesses it."""
    return secrets.token_urlsafe(16)


class Attachment(models.Model):
    """A file as it is kept: checked, pictures made anew. Its bytes lie in the data folder under their digest."""

    key = models.CharField(max_length=32, unique=True, default=new_key)
    purpose = models.CharField(max_length=40)
    """What it is for, as `core.registry.register_attachment_purposes` knows it; decides who may read it."""
    name = models.CharField(max_length=120)
    """As it was called when it came, made harmless, with the ending of what it really is."""
    content_type = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, db_index=True)
    """SHA-256 of what is kept, in hex."""
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    uploaded_by = models.ForeignKey("core.User", models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name
