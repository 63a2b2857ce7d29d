"""Template tag of the audit trail: what was done with an object."""

from __future__ import annotations

from django import template
from django.db import models

from wellspring.core.audit_told import MOST_IN_A_TIMELINE, entries_about, told, who

register = template.Library()
SHOWN = 10


@register.inclusion_tag("core/components/_audit_timeline.html")
def audit_timeline(thing: models.Model) -> dict[str, object]:
    """A section of the page: what was done with this object, newest first.

    All but the last ten entries are folded away. Who may see it, the page decides. One query.
    """
    rows = [(entry.at, who(entry), told(entry)) for entry in entries_about(thing)]
    return {
        "shown": rows[:SHOWN],
        "folded": rows[SHOWN:MOST_IN_A_TIMELINE],
        "count": min(len(rows), MOST_IN_A_TIMELINE),
        "has_more": len(rows) > MOST_IN_A_TIMELINE,
    }
