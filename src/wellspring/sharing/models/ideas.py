"""金点子: ideas with their remarks, endorsements and decisions."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.core.models import User
from wellspring.people.models import Member, OrgUnit
from wellspring.plan.models import PlanItem
from wellspring.topics.models import Topic

from .sessions import SharingSession
from .talks import Suggestion


class IdeaStatus(models.TextChoices):
    COLLECTED = "collected", _("collected")
    GOLDEN = "golden", _("golden idea")
    STUDYING = "studying", _("in study")
    ADOPTED = "adopted", _("in the work plan")
    REPORTED = "reported", _("carried out, reported back")
    KEPT = "kept", _("kept for later")
    DECLINED = "declined", _("not taken up")


class Idea(models.Model):
    """A suggestion that was handed in, from then on: discussed, decided, carried out, reported back."""

    org = models.ForeignKey(OrgUnit, models.PROTECT, related_name="ideas")
    suggestion = models.OneToOneField(Suggestion, models.PROTECT, null=True, related_name="idea")
    """None for an idea that was handed in without a talk or copied from another community."""
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    proposer = models.ForeignKey(Member, models.PROTECT, related_name="ideas")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("topic"))
    title = models.CharField(_("idea"), max_length=80)
    details = models.TextField(_("details"), blank=True)
    status = models.CharField(_("state"), max_length=9, choices=IdeaStatus.choices, default=IdeaStatus.COLLECTED)
    """As the last decision, or the plan, made it."""
    is_golden = models.BooleanField(default=False)
    """Stays when a golden idea goes on to study, plan and report."""
    decision_reason = models.TextField(blank=True)
    """Of the last decision; every no and every later has one."""
    revisit_when = models.CharField(_("comes back when"), max_length=200, blank=True)
    """Of a kept idea: the condition or season, in words."""
    revisit_on = models.DateField(_("comes back on"), null=True, blank=True)
    revisit_item = models.ForeignKey(PlanItem, models.SET_NULL, null=True, related_name="+")
    """Comes back when this item has its outcome."""
    returned_at = models.DateTimeField(null=True)
    """When it last came back by itself; None once it is decided again."""
    study_due_on = models.DateField(_("study until"), null=True, blank=True)
    contributors = models.ManyToManyField(Member, blank=True, related_name="studied_ideas")
    """Who works out the details."""
    is_open = models.BooleanField(_("open to other communities"), default=False)
    """Other communities of the subdistrict, and the subdistrict, may read, copy and follow it."""
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    """Counts decisions and changes of its words, so that two who decide at once are told of each other."""

    class Meta:
        ordering = ("-proposed_at", "-id")
        indexes = [models.Index(fields=["org", "status"], name="ideas_of_a_unit")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=("declined", "kept")) | ~Q(decision_reason=""),
                name="every_no_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_study_overdue(self) -> bool:
        """In study, and the day on which that should have ended is over."""
        due = self.study_due_on
        return self.status == IdeaStatus.STUDYING and due is not None and due < timezone.localdate()


class Remark(models.Model):
    """What somebody said to a suggestion."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="remarks")
    session = models.ForeignKey(SharingSession, models.SET_NULL, null=True, related_name="remarks")
    """The session at which it was said; None for one written before or after."""
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.TextField(_("remark"))
    said_at = models.DateTimeField(default=timezone.now)
    once = models.CharField(max_length=36, unique=True)
    """Made by the form: the same form sent twice is one remark."""
    withdrawn_at = models.DateTimeField(null=True)
    """By its author, or by the chair; the place stays, the words are not shown."""
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("said_at", "id")
        indexes = [models.Index(fields=["idea", "said_at"], name="remarks_of_an_idea")]


class Endorsement(models.Model):
    """Somebody backs an idea, and is told what becomes of it."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="endorsements")
    member = models.ForeignKey(Member, models.PROTECT, related_name="endorsements")
    endorsed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("endorsed_at", "id")
        constraints = [models.UniqueConstraint(fields=["idea", "member"], name="one_endorses_once")]


class Decision(models.Model):
    """One decision on an idea, kept for ever: the last one is the idea's status."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="decisions")
    session = models.ForeignKey(SharingSession, models.SET_NULL, null=True, related_name="decisions")
    """At which it was decided; None for one made later."""
    status = models.CharField(max_length=9, choices=IdeaStatus.choices)
    reason = models.TextField(blank=True)
    revisit_when = models.CharField(max_length=200, blank=True)
    revisit_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """None: it came back, or was reported, by itself."""
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("decided_at", "id")


class IdeaFollow(models.Model):
    """Somebody of another community wants to know what becomes of an open idea."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="follows")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    followed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "user"], name="one_follows_once")]
