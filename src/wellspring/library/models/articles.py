"""Articles on several pages: which pages follow the first one, and what came of each."""

from django.db import models
from django.db.models import Q

from wellspring.core.errors import told_stored

from .captures import Capture

OTHER_ARTICLE = "other_article"
"""Error code of a page to which the links of the one before it lead, and which reads like something else."""

NOTHING_NEW = "nothing_new"
"""Error code of a page that repeats what the pages before it have: the article ends before it."""


class ArticlePage(models.Model):
    """A page on which the article of a captured page goes on. It has no snapshot: the first page's shows the whole.

    All of them are joined but the last, of which `error_code` says why not, where anything is known.
    """

    first = models.ForeignKey(Capture, models.PROTECT, related_name="following_pages")
    """The capture of the article's first page."""
    number = models.PositiveSmallIntegerField()
    """From 2."""
    url = models.URLField(max_length=2000)
    capture = models.ForeignKey(Capture, models.PROTECT, null=True, related_name="follows_in")
    """As it was captured with the first page; one from before stands in until the page is fetched anew."""
    joined = models.BooleanField(default=False)
    """Its text is part of the snapshot."""
    due = models.BooleanField(default=True)
    """The crawler is to fetch it."""
    error_code = models.CharField(max_length=40, blank=True)
    error_message = models.TextField(blank=True)
    """The message's id in the catalogue; `error_data` fills its placeholders."""
    error_data = models.JSONField(default=dict)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["first", "number"], name="article_page_number")]
        indexes = [
            models.Index(fields=["url"], name="article_page_by_url"),
            models.Index(fields=["id"], condition=Q(due=True), name="article_page_to_fetch"),
        ]

    @property
    def told_error(self) -> str:
        """Why it is not joined, in the language that is active now; empty where there is no reason."""
        return told_stored(self.error_message, self.error_data)
