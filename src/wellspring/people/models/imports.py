"""Staff lists that were uploaded and wait to be taken over."""

from django.db import models

from wellspring.core.models import User


class StaffImport(models.Model):
    """A spreadsheet that was read but changed nothing yet: its rows, and what is wrong with them.

    It holds personal data that nobody needs once it is confirmed or forgotten: then the rows are emptied.
    """

    uploaded_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    """One object per row; see `people.services.checking.StaffRow`."""
    problems = models.JSONField(default=list)
    """One object per problem: row, column, what."""
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    member_ids = models.JSONField(default=list)
    """Whom it made, once confirmed."""

    class Meta:
        ordering = ("-created_at",)
