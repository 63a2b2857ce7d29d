"""What `wellspring doctor` and the health page look at among people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from wellspring.core.health import GOOD, WARNING, WRONG
from wellspring.core.models import User
from wellspring.core.registry import Finding, HealthCheck, register_health_checks
from wellspring.engine.errors import marked
from wellspring.people.queries.administrators import administrators


def register_people_checks() -> None:
    """Checks of people."""
    register_health_checks(HealthCheck("administrators", marked("Administrators"), _administrators))


def _administrators() -> Iterator[Finding]:
    manages = Exists(administrators().filter(user=OuterRef("pk")))
    users = User.objects.filter(is_active=True).annotate(manages=manages).filter(Q(is_superuser=True) | manages)
    found = Counter(users.values_list("manages", flat=True))
    count, strays = found[True], found[False]
    if count == 0:
        yield Finding(
            WRONG,
            _("Nobody is administrator of the whole installation."),
            _("`wellspring admin NAME` makes somebody so, whether she has an account already or not."),
        )
    elif count == 1:
        yield Finding(
            WARNING,
            _("There is a single administrator: if she loses her way in, only this machine helps."),
            _("Give a second person the role, or keep `wellspring admin` in mind."),
        )
    else:
        yield Finding(GOOD, _("Administrators: %(count)s.") % {"count": count})
    if strays:
        yield Finding(
            WARNING,
            _("%(count)s former operator(s), no longer administrator of the installation; /admin/ is closed to them.")
            % {"count": strays},
            _("Nothing has to be done. `wellspring admin NAME` makes somebody an operator again."),
        )
