"""What every app stands on: the user, the search outbox and its followers."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who signs in. Names are one field, as they are written in Chinese."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("name"), max_length=80, blank=True)

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()


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
