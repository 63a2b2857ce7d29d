"""Figures of sessions, talks, ideas and what became of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wellspring.people.doors import requires
from wellspring.people.middleware import viewer
from wellspring.people.models import OrgUnit
from wellspring.people.permissions import Permission
from wellspring.people.queries.units import units_to_choose
from wellspring.people.viewer import Viewer
from wellspring.plan.queries.figures import plan_figures
from wellspring.sharing.charts import columns
from wellspring.sharing.forms.figures import FiguresForm, data_of
from wellspring.sharing.queries.figures import Span, figures_of
from wellspring.sharing.queries.speaking import speaking_balance
from wellspring.sharing.services.figures import export_figures

HERE = "sharing:figures"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@requires(Permission.SEE_FIGURES)
def figures(request: HttpRequest) -> HttpResponse:
    """Of a unit or of all, in a span of days: `?unit=&since=&until=`."""
    who = viewer(request)
    form, unit, span = _asked(request, request.GET)
    found = figures_of(who, span, unit)
    plans = plan_figures(who, first=span[0], last=span[1], org=unit)
    own = unit if unit is not None else _only(who)
    context = {
        "page_here": HERE,
        "form": form,
        "asked": data_of(form),
        "is_narrowed": bool(data_of(form)),
        "unit": own,
        "first": span[0],
        "last": span[1],
        "figures": found,
        "most_in_a_state": max((count for _status, count in found.by_state), default=0),
        "chart": columns(
            [(f"{month.month}", (tally.talks, tally.ideas, tally.golden)) for month, tally in found.by_month]
        ),
        "spoken": speaking_balance(who, own, span) if own is not None else [],
        "plans": plans,
        "is_empty": not (found.by_unit or plans),
    }
    return render(request, "sharing/figures/figures.html", context)


@require_POST
@requires(Permission.SEE_FIGURES)
def export(request: HttpRequest) -> HttpResponse:
    """The same as a file: Excel, or CSV with `as=csv`."""
    _form, unit, span = _asked(request, request.POST)
    as_csv = request.POST.get("as") == "csv"
    content = export_figures(actor=viewer(request), span=span, unit=unit or _only(viewer(request)), as_csv=as_csv)
    name = _("Figures of sharing sessions") + f"-{timezone.localdate():%Y%m%d}.{'csv' if as_csv else 'xlsx'}"
    kind = "text/csv; charset=utf-8" if as_csv else XLSX
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer


def _asked(request: HttpRequest, data: QueryDict) -> tuple[FiguresForm, OrgUnit | None, Span]:
    units = units_to_choose(viewer=viewer(request), permission=Permission.SEE_FIGURES)
    form = FiguresForm(data, units=units)
    unit, span = form.chosen()
    return form, unit, span


def _only(who: Viewer) -> OrgUnit | None:
    """The one unit whose figures she sees; None where there are several."""
    units = units_to_choose(viewer=who, permission=Permission.SEE_FIGURES)
    return units[0].unit if len(units) == 1 else None
