"""The audit trail's part of `wellspring verify`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from wellspring.cli.progress import progress
from wellspring.core import audit
from wellspring.core.audit import BrokenLink
from wellspring.core.audit_head import path
from wellspring.core.models import AuditEntry


@dataclass(frozen=True, slots=True)
class TrailVerified:
    """What reading the whole trail found."""

    entries: int
    broken: tuple[BrokenLink, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "entries": self.entries,
            "broken": [{"number": link.number, "problem": link.problem} for link in self.broken],
        }

    def lines(self) -> list[str]:
        """For people; none for an empty trail that nothing is missing from."""
        told = [told_link(link) for link in self.broken]
        if self.entries and not told:
            told = [
                ngettext(
                    "Audit trail: %(count)s entry, unbroken.", "Audit trail: %(count)s entries, unbroken.", self.entries
                )
                % {"count": self.entries}
            ]
        return told


def verify_trail() -> TrailVerified:
    """Recompute every seal of the chain, and compare its end with what this host remembers."""
    entries = AuditEntry.objects.count()
    with progress(gettext("Verifying the audit trail"), entries) as advance:
        return TrailVerified(entries, tuple(audit.broken_links(on_entry=advance)))


def told_link(link: BrokenLink) -> str:
    """What is wrong, and with which entry."""
    return {
        "changed": gettext("Audit entry %(number)s was changed after it was written."),
        "missing": gettext("Audit trail: the entries before %(number)s were taken out."),
        "relinked": gettext("Audit entry %(number)s does not follow the one before it: that one was replaced."),
        "cut": gettext(
            "Audit trail: it once reached entry %(number)s; its end was cut off. Where an older backup was restored on "
            "purpose, delete %(file)s."
        ),
        "rewritten": gettext(
            "Audit entry %(number)s is another than this machine wrote. Where an older backup was restored on purpose, "
            "delete %(file)s."
        ),
    }[link.problem] % {"number": link.number, "file": path()}
