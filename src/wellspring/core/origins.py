"""Where plan items come from: apps above the plan register their kinds of origin in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class OriginLink:
    """An origin as an item's page shows it."""

    title: str
    address: str
    """Of its page here, `/…`; empty where this viewer may not open it."""


@dataclass(frozen=True, slots=True)
class OriginKind:
    """A kind of thing that plan items come from, such as a golden idea."""

    kind: str
    """Its model's label in lower case, such as `sharing.idea`."""
    name: str
    """Marked message: what one of them is called."""
    links: Callable[[Any, Sequence[int]], Mapping[int, OriginLink]]
    """Of a viewer and ids: how each is shown; an id that is gone is left out."""
    followed: Callable[[Any, Any], None]
    """Called with the actor and the item (`plan.PlanItem`) inside the transaction in which an item of this origin
    changed its state (begun, dropped, carried, split, merged) or got its outcome: the origin's app tells its people."""


_kinds: dict[str, OriginKind] = {}


def register_origin_kinds(*kinds: OriginKind) -> None:
    _kinds.update((kind.kind, kind) for kind in kinds)


def origin_kinds() -> dict[str, OriginKind]:
    """By kind, in the order of registration."""
    return dict(_kinds)
