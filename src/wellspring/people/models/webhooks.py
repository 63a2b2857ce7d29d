"""Robots of a unit's group chats, to which the number of new notices is told."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.core.models import User
from wellspring.core.sealed import SealedTextField

from .orgs import OrgUnit


class ChatService(models.TextChoices):
    WECOM = "wecom", _("WeCom")
    DINGTALK = "dingtalk", _("DingTalk")
    FEISHU = "feishu", _("Feishu")


class GroupWebhook(models.Model):
    """A group robot of one unit. It is told a count and a link, never a name or a case.

    What is to be told is the count itself, so no crash loses it; several notices leave as one message.
    """

    org = models.ForeignKey(OrgUnit, models.PROTECT, related_name="webhooks")
    name = models.CharField(_("name of the group"), max_length=60)
    service = models.CharField(_("chat service"), max_length=8, choices=ChatService.choices)
    url = SealedTextField(_("robot's address"))
    secret = SealedTextField(_("signing secret"), blank=True, default="")
    host = models.CharField(max_length=253, blank=True)
    """Of the address; all of it that pages show."""
    pending = models.PositiveIntegerField(default=0)
    """Notices that the group has not been told yet."""
    due_at = models.DateTimeField(null=True)
    """When the next message may leave; while one is on its way, when it counts as lost. None: nothing to tell."""
    attempts = models.PositiveSmallIntegerField(default=0)
    """Failures in a row since the last message that arrived."""
    refusals = models.PositiveSmallIntegerField(default=0)
    """Of those, how many the robot itself answered with a no."""
    last_error = models.CharField(max_length=300, blank=True)
    last_sent_at = models.DateTimeField(null=True)
    off_at = models.DateTimeField(null=True)
    off_reason = models.CharField(max_length=12, blank=True)
    """`by_hand` or `refused`."""
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1)
    """Goes up with every change by a person, so that two at once are told of each other."""

    class Meta:
        ordering = ("org__path", "name")
        constraints = [models.UniqueConstraint(fields=["org", "name"], name="one_robot_of_a_name_in_a_unit")]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(off_at=None, due_at__isnull=False), name="robots_to_tell"
            )
        ]

    def __str__(self) -> str:
        return self.name
