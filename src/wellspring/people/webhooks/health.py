"""What the health page says about groups' robots."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wellspring.core.registry import Finding
from wellspring.people.models import GroupWebhook


def look_at_webhooks() -> Iterator[Finding]:
    """Robots that fail, and those that were switched off for it."""
    failing = False
    for webhook in GroupWebhook.objects.select_related("org").exclude(last_error=""):
        failing = True
        names = {"name": webhook.name, "org": webhook.org.name, "problem": webhook.last_error}
        if webhook.off_reason == "refused":
            said = _("The robot of the group “%(name)s” (%(org)s) was switched off: %(problem)s") % names
        else:
            said = _("The robot of the group “%(name)s” (%(org)s) could not be told: %(problem)s") % names
        yield Finding("warning", said, _("Send a trial message at the desk, under group chats, and check its address."))
    if not failing:
        yield Finding("good", _("No group's robot fails."))
