"""Figures that leave the house, each time told in the audit trail."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wellspring.core import audit
from wellspring.people.models import OrgUnit
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Actor
from wellspring.sharing.queries.figures import Span, figures_of
from wellspring.sharing.queries.speaking import speaking_balance


@transaction.atomic
def export_figures(*, actor: Actor, span: Span, unit: OrgUnit | None = None, as_csv: bool = False) -> bytes:
    """The figures as .xlsx, or their months as CSV. Who has spoken goes along only where she takes part herself."""
    from wellspring.sharing.spreadsheets import figures_book, figures_csv  # a large library

    actor.require(Permission.SEE_FIGURES, org=unit)
    figures = figures_of(actor, span, unit)
    days = {"first": span[0].isoformat(), "last": span[1].isoformat()}
    path = unit.path if unit is not None else None
    audit.record("sharing.figures_exported", actor=actor.user, data=days, org_path=path)
    if as_csv:
        return figures_csv(figures)
    about = _("%(unit)s · %(first)s to %(last)s · exported by %(name)s · %(moment)s") % {
        **days,
        "unit": unit.name if unit is not None else _("All units"),
        "name": actor.user.get_full_name() if actor.user else "",
        "moment": f"{timezone.localtime():%Y-%m-%d %H:%M}",
    }
    return figures_book(figures, speaking_balance(actor, unit, span) if unit is not None else [], about=about)
