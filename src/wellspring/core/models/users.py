"""The person who signs in, and how the pages look to her."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from wellspring.core.names import sort_key


class User(AbstractUser):
    """A person who signs in. Names are one field, as they are written in Chinese."""

    first_name = None  # type: ignore[assignment]  # taken away from Django's
    last_name = None  # type: ignore[assignment]  # as above
    full_name = models.CharField(_("name"), max_length=80, blank=True)
    sort_key = models.CharField(max_length=200, blank=True, editable=False, db_index=True)
    """The name's pinyin, by which lists of people are ordered; follows `full_name` at every save."""
    language = models.CharField(_("language"), max_length=10, blank=True)
    """`zh-hans` or `en`; empty: as the browser has it."""
    theme = models.CharField(_("colours"), max_length=5, blank=True)
    """`light` or `dark`; empty: as the system has it."""
    elder_mode = models.BooleanField(_("elder mode"), default=False)
    """长辈版: large type and targets."""
    portrait = models.ForeignKey(
        "core.Attachment", models.SET_NULL, to_field="key", null=True, blank=True, editable=False, related_name="+"
    )
    """By its key, so that a list of people can show portraits without another query."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.full_name or self.username)
        fields = kwargs.get("update_fields")
        if fields is not None and {"full_name", "username"} & set(fields):
            kwargs["update_fields"] = {*fields, "sort_key"}
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()
