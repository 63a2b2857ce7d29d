"""What `wellspring doctor` and the health page look at in the library."""

from __future__ import annotations

from collections.abc import Iterator
from types import FunctionType

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wellspring.core.health import GOOD, WARNING
from wellspring.core.lifelocks import living
from wellspring.core.registry import Finding, HealthCheck, register_health_checks
from wellspring.engine.errors import marked
from wellspring.engine.extract import extract
from wellspring.library.models import Reading
from wellspring.library.queries.sources import Health, sources_on_the_desk
from wellspring.library.services.readings import current_version
from wellspring.people.viewer import INSTALLATION

NAMED = 3
REMEMBERED_SECONDS = 60


def register_library_checks() -> None:
    """Checks of the library."""
    register_health_checks(
        HealthCheck("crawlers", marked("Crawlers"), _crawlers),
        HealthCheck("sources", marked("Sources"), _sources),
        HealthCheck("readings", marked("Reading of pages"), _readings),
    )


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


def _sources() -> Iterator[Finding]:
    names = list(sources_on_the_desk(viewer=INSTALLATION, health=Health.FAILING).values_list("name", flat=True))
    if names:
        said = _("Sources whose last visit failed: %(count)s, such as %(names)s.")
        yield Finding(
            WARNING,
            said % {"count": len(names), "names": "、".join(names[:NAMED])},
            _("Open the desk's list of sources, filtered by “failing”: each says why."),
        )
    else:
        yield Finding(GOOD, _("No source fails."))


def _readings() -> Iterator[Finding]:
    version = current_version()
    older = Reading.objects.filter(extractor_version__lt=version)
    old = cache.get_or_set(f"readings-before-{version}", older.count, REMEMBERED_SECONDS) or 0
    if old:
        said = ngettext(
            "%(count)s page was read by older rules and waits to be read by version %(version)s.",
            "%(count)s pages were read by older rules and wait to be read by version %(version)s.",
            old,
        )
        yield Finding(
            GOOD,
            said % {"count": old, "version": version},
            _("Nothing: the worker does it when it has nothing newer to do. `wellspring reextract` does it at once."),
        )
    else:
        yield Finding(GOOD, _("Every page was read by the current rules, version %(version)s.") % {"version": version})
    if isinstance(extract, FunctionType):
        yield Finding(
            GOOD,
            _("The rules that read pages run as plain Python."),
            _("Nothing. `make compiled` makes them half as fast again where a C compiler is."),
        )
    else:
        yield Finding(GOOD, _("The rules that read pages run compiled."))
