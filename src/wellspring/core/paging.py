"""Pages of a long list, and what to say when one is asked for that is not there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

PER_PAGE = 20


def page_of(
    things: QuerySet[Any] | Sequence[Any], wanted: str | None, *, per_page: int = PER_PAGE
) -> tuple[Page[Any], str]:
    """The page asked for, or the nearest there is with a sentence that says so."""
    paginator = Paginator(things, per_page)
    wanted = (wanted or "1").strip()
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else None
    if number is not None and 1 <= number <= paginator.num_pages:
        return paginator.page(number), ""
    nearest = 1 if number is None or number < 1 else paginator.num_pages
    problem = _("There is no page “%(wanted)s” here; this is page %(nearest)s of %(total)s.") % {
        "wanted": wanted[:20],
        "nearest": nearest,
        "total": paginator.num_pages,
    }
    return paginator.page(nearest), problem
