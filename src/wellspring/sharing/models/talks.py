"""汇报: a talk on a topic, with current state, causes, suggestions and takeaways."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wellspring.people.models import Member, OrgUnit
from wellspring.topics.models import Topic


class TalkState(models.TextChoices):
    DRAFT = "draft", _("draft")
    READY = "ready", _("handed in")
    GIVEN = "given", _("given")


class Talk(models.Model):
    """What somebody prepares, over days; a draft is hers alone. It outlives a session that is moved or cancelled."""

    org = models.ForeignKey(OrgUnit, models.PROTECT, related_name="talks")
    author = models.ForeignKey(Member, models.PROTECT, related_name="talks")
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("topic"))
    title = models.CharField(_("title"), max_length=80, blank=True)
    current_state = models.TextField(_("current state"), blank=True)
    causes = models.TextField(_("causes"), blank=True)
    takeaways = models.TextField(_("takeaways"), blank=True)
    """What the listeners should remember."""
    state = models.CharField(max_length=5, choices=TalkState.choices, default=TalkState.DRAFT)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now)
    handed_in_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    """Counts saves, so that two windows on one talk are told of each other."""
    saved_in = models.CharField(max_length=36, blank=True, editable=False)
    """The window that saved it last: where the net dropped before the answer came, its next save is no conflict."""

    class Meta:
        ordering = ("-saved_at", "-id")
        indexes = [models.Index(fields=["author", "-saved_at"], name="talks_of_an_author")]

    def __str__(self) -> str:
        return self.title or str(_("Talk without a title"))


class Suggestion(models.Model):
    """意见和建议: one of a talk's suggestions as its author words it. Handed in, it is the beginning of an idea."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="suggestions")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("suggestion"), max_length=80)
    details = models.TextField(_("details"), blank=True)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.title
