"""Where items came from, and what became of an origin in the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wellspring.core.origins import origin_kinds
from wellspring.people.viewer import Viewer
from wellspring.plan.models import PlanItem
from wellspring.plan.queries.plans import visible_items


@dataclass(frozen=True, slots=True)
class ShownOrigin:
    """An origin as an item shows it."""

    kind: str
    """What one of them is called, in the active language."""
    title: str
    address: str
    """Empty where this viewer may not open it."""


def origins_shown(viewer: Viewer, origins: Iterable[tuple[str, int | None]]) -> dict[tuple[str, int], ShownOrigin]:
    """How these origins (kind, id) are shown; what was written by hand and what is gone is left out.

    One call of `core.origins` for each kind.
    """
    wanted: dict[str, set[int]] = {}
    for kind, number in origins:
        if number is not None:
            wanted.setdefault(kind, set()).add(number)
    shown = {}
    kinds = origin_kinds()
    for kind, numbers in wanted.items():
        if kind in kinds:
            for number, link in kinds[kind].links(viewer, sorted(numbers)).items():
                shown[kind, number] = ShownOrigin(_(kinds[kind].name), link.title, link.address)
    return shown


def items_of_origins(viewer: Viewer, kind: str, ids: Sequence[int]) -> dict[int, list[PlanItem]]:
    """What these origins became in the plan, oldest first: their own items, and those that they were merged into.

    With plan, owner, topic and outcome (`item.outcome` where there is one). Two queries and one for each generation of
    merging.
    """
    items = visible_items(viewer).select_related("plan__org", "topic", "owner__user", "outcome").order_by("pk")
    found: dict[int, list[PlanItem]] = {number: [] for number in ids}
    belongs: dict[int, set[int]] = {}
    waiting: dict[int, set[int]] = {}
    for item in items.filter(origin_kind=kind, origin_id__in=list(ids)):
        if item.origin_id is None:
            continue
        found[item.origin_id].append(item)
        belongs.setdefault(item.pk, set()).add(item.origin_id)
        if item.merged_into_id:
            waiting.setdefault(item.merged_into_id, set()).add(item.origin_id)
    while waiting:
        later: dict[int, set[int]] = {}
        reached = dict(waiting)
        for item in items.filter(pk__in=waiting) | items.filter(came_from__in=waiting):
            numbers = reached.get(item.pk) or reached.get(item.came_from_id or 0) or set()
            for number in numbers - belongs.get(item.pk, set()):
                found[number].append(item)
                belongs.setdefault(item.pk, set()).add(number)
                if item.merged_into_id:
                    later.setdefault(item.merged_into_id, set()).add(number)
                if item.came_from_id in waiting:
                    later.setdefault(item.pk, set()).add(number)
        waiting = later
    return found
