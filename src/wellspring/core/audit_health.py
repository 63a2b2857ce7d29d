"""What `wellspring doctor` looks at in the audit trail: its end, not every entry."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wellspring.core import audit, audit_head
from wellspring.core.health import GOOD, WRONG
from wellspring.core.registry import Finding, HealthCheck
from wellspring.engine.errors import marked


def audit_check() -> HealthCheck:
    """The check of the trail's end."""
    return HealthCheck("audit", marked("Audit trail"), _look)


def _look() -> Iterator[Finding]:
    last = audit.head()
    problem = audit.broken_end(last)
    if problem:
        yield Finding(
            WRONG,
            _("The audit trail does not end as this machine wrote it (entry %(number)s).") % {"number": problem.number},
            _("`wellspring verify` says more. Where an older backup was restored on purpose, delete %(file)s.")
            % {"file": audit_head.path()},
        )
    else:
        yield Finding(GOOD, _("It ends as it was written; entries: %(count)s.") % {"count": last[0]})
