"""What a plan consists of: goals with measure, owner and due date, each with where it came from."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.core.models import User
from wellspring.people.models import Member
from wellspring.topics.models import Topic

from .plans import WorkPlan

BY_HAND = "by_hand"
"""Origin of an item that somebody simply wrote down."""


class ItemState(models.TextChoices):
    PLANNED = "planned", _("not begun")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")
    CARRIED = "carried", _("carried on")
    SPLIT = "split", _("split")
    MERGED = "merged", _("merged")

    @property
    def is_open(self) -> bool:
        return self in OPEN_STATES


OPEN_STATES = (ItemState.PLANNED, ItemState.UNDER_WAY)


class PlanItem(models.Model):
    """One thing to do. `done` means that its outcome is recorded."""

    plan = models.ForeignKey(WorkPlan, models.PROTECT, related_name="items")
    goal = models.CharField(_("goal"), max_length=120)
    details = models.TextField(_("details"), blank=True)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("topic"))
    measure = models.CharField(_("measure"), max_length=120, blank=True)
    """What is counted, such as 每日助餐人数."""
    unit = models.CharField(_("unit of the measure"), max_length=20, blank=True)
    """Such as 人 or %."""
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2, null=True, blank=True)
    owner = models.ForeignKey(Member, models.PROTECT, related_name="plan_items", verbose_name=_("owner"))
    co_owners = models.ManyToManyField(
        Member, blank=True, related_name="plan_items_helped", verbose_name=_("co-owners")
    )
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=9, choices=ItemState.choices, default=ItemState.PLANNED)
    is_at_risk = models.BooleanField(_("at risk"), default=False)
    """As the last update said."""
    drop_reason = models.TextField(blank=True)
    """Why it was dropped; not empty for what was."""
    origin_kind = models.CharField(max_length=40, default=BY_HAND)
    """`by_hand`, or a kind of `core.origins`: its model's label, such as `sharing.idea`."""
    origin_id = models.BigIntegerField(null=True)
    """None for what somebody simply wrote down."""
    came_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="became")
    """The item that it is a part of (split) or goes on with (carried), as that one's state says."""
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    position = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When it was done, dropped, carried, split or merged."""
    reminded_on = models.DateField(null=True, editable=False)
    """Day on which somebody was last reminded of the due day; None again where that day is moved."""
    once = models.CharField(max_length=40, null=True, unique=True, editable=False)
    """Of the form by which it was added: sent twice, it adds one item."""
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("position", "id")
        indexes = [
            models.Index(fields=["origin_kind", "origin_id"], name="items_of_an_origin"),
            models.Index(fields=["state", "due_on"], name="items_by_due_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ItemState.DROPPED) | ~Q(drop_reason=""), name="nothing_is_dropped_without_a_reason"
            )
        ]

    def __str__(self) -> str:
        return self.goal

    @property
    def is_open(self) -> bool:
        return ItemState(self.state).is_open

    @property
    def is_overdue(self) -> bool:
        """Open, and its day is over."""
        return self.is_open and self.due_on < timezone.localdate()
