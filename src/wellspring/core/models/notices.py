"""Notices to people, where they still have to be carried, and what each person has chosen."""

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .users import User


class Notification(models.Model):
    """Something a person should know. Several of one kind about one thing fold into one while it is unread."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    """What it is about: a model's label in lower case; empty for nothing that has a row."""
    object_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    """Fills the kind's sentence."""
    url = models.CharField(max_length=500, blank=True)
    """Path of ours where there is more to see; empty for none."""
    count = models.PositiveIntegerField(default=1)
    is_shown = models.BooleanField(default=True)
    """False: the person wants this kind by mail only."""
    created_at = models.DateTimeField()
    happened_at = models.DateTimeField()
    """Of the last one that was folded in."""
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-happened_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "object_type", "object_id"],
                condition=Q(read_at=None, object_id__isnull=False),
                name="one_unread_notice_about_a_thing",
            )
        ]
        indexes = [
            models.Index(fields=["user", "-happened_at"], name="notices_of_a_person"),
            models.Index(fields=["user"], condition=Q(read_at=None, is_shown=True), name="unread_notices"),
            models.Index(fields=["read_at"], condition=Q(read_at__isnull=False), name="notices_to_prune"),
        ]


class NoticeChannel(models.TextChoices):
    MAIL = "mail", _("mail")


class NoticeDelivery(models.Model):
    """A notice that has to leave the house by a channel. Written with the notice; the worker does the rest."""

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=NoticeChannel.choices)
    due_at = models.DateTimeField()
    """When it is tried next; while it is being sent, when another worker may take it for lost."""
    batch = models.CharField(max_length=32, blank=True)
    """Those that leave in one message, while it is on its way: a second try after a crash is the same message."""
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notification", "channel"], name="a_notice_once_per_channel"),
        ]
        indexes = [
            models.Index(
                fields=["channel", "due_at"], condition=Q(sent_at=None, given_up_at=None), name="deliveries_to_make"
            )
        ]


class MailPace(models.TextChoices):
    AT_ONCE = "at_once", _("as it happens")
    DAILY = "daily", _("once a day")
    OFF = "off", _("never")


class NoticeSettings(models.Model):
    """When a person wants to be left alone. No row: as the defaults here say."""

    user = models.OneToOneField(User, models.CASCADE, related_name="notice_settings")
    mail_pace = models.CharField(_("mail"), max_length=8, choices=MailPace, default=MailPace.AT_ONCE)
    digest_at = models.TimeField(_("time of the daily mail"), default=time(8, 30))
    quiet_from = models.TimeField(_("quiet from"), default=time(21, 30))
    quiet_until = models.TimeField(_("quiet until"), default=time(7, 30))
    """Equal to `quiet_from`: no quiet hours."""
    rest_days = models.BooleanField(_("mail on rest days too"), default=False)


class NoticeChoice(models.Model):
    """A person's own choice for one kind; no row: as the kind has it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=60)
    in_app = models.BooleanField()
    by_mail = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="a_choice_once_per_kind")]
