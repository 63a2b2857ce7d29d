"""What `wellspring doctor` and the health page look at in the library."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from wellspring.core.health import GOOD, WARNING
from wellspring.core.lifelocks import living
from wellspring.core.registry import Finding, HealthCheck, register_health_checks
from wellspring.engine.errors import marked


def register_library_checks() -> None:
    """Checks of the library."""
    register_health_checks(HealthCheck("crawlers", marked("Crawlers"), _crawlers))


def _crawlers() -> Iterator[Finding]:
    count = living(settings.ENVIRONMENT.data / "crawlers")
    if count:
        yield Finding(GOOD, _("Crawlers running on this machine: %(count)s.") % {"count": count})
    else:
        yield Finding(
            WARNING,
            _("No crawler runs on this machine: sources are not visited unless another machine does it."),
            _("Start `wellspring crawl`, or `wellspring up` for everything."),
        )
