"""Who belongs where, since when, and with which roles."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.core.models import User

from .orgs import OrgUnit


class RoleName(models.TextChoices):
    WORKER = "worker", _("social worker")
    MENTOR = "mentor", _("mentor")
    LEADER = "leader", _("leader")
    ARCHIVIST = "archivist", _("archivist")
    ADMINISTRATOR = "administrator", _("administrator")
    OBSERVER = "observer", _("observer")


def not_ended(on: date | None = None, *, through: str = "") -> Q:
    """Filter for memberships that end after a day (default today), begun or not; `through`: the way to them, such as
    `member__`."""
    return Q(**{f"{through}left_on": None}) | Q(**{f"{through}left_on__gt": on or timezone.localdate()})


def active(on: date | None = None, *, through: str = "") -> Q:
    """Filter for memberships that hold on a day (default today)."""
    return Q(**{f"{through}joined_on__lte": on or timezone.localdate()}) & not_ended(on, through=through)


class Member(models.Model):
    """A person's place in one unit. She may have several, one after another or at once."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    org = models.ForeignKey(OrgUnit, models.PROTECT, related_name="members")
    post = models.CharField(_("post"), max_length=60, blank=True)
    is_generalist = models.BooleanField(_("generalist"), default=False)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    """Where the office reaches her; shown to those who manage people only."""
    joined_on = models.DateField(_("joined on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    """First day on which she does not belong any more."""
    version = models.PositiveIntegerField(default=0, editable=False)
    """Counts changes: a form that was opened before the last one is told so."""

    class Meta:
        ordering = ("user__sort_key", "id")
        constraints = [
            models.UniqueConstraint(fields=["user", "org"], condition=Q(left_on=None), name="once_in_a_unit_at_a_time"),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=models.F("joined_on")), name="nobody_leaves_before_joining"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.get_full_name()} · {self.org}"


class Role(models.Model):
    """A role that a member has; taken away by deleting the row, which the audit trail remembers."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="roles")
    name = models.CharField(_("role"), max_length=14, choices=RoleName.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="a_role_once_per_member")]

    def __str__(self) -> str:
        return self.get_name_display()
