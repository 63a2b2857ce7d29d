"""The search outbox and the followers that read it."""

from django.db import models


class IndexChange(models.Model):
    """One line of the outbox: a thing whose search document may have changed, written with the change itself."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)


class Follower(models.Model):
    """A host that keeps a search index; the outbox is pruned when every follower is past a row."""

    name = models.CharField(max_length=120, unique=True)
    position = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField(auto_now=True)
