"""The desk `/manage/`: which of its pages a viewer has."""

from __future__ import annotations

from dataclasses import dataclass

from wellspring.core.registry import DeskPage, desk_pages
from wellspring.engine.errors import marked
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer

GROUPS = {
    "people": marked("People"),
    "library": marked("Library"),
    "office": marked("Office"),
}


@dataclass(frozen=True, slots=True)
class DeskGroup:
    name: str
    """Marked message."""
    pages: tuple[DeskPage, ...]


def desk_of(viewer: Viewer) -> list[DeskGroup]:
    """The desk's pages that this viewer may open, group by group; empty for who has no work there."""
    open_to_her = [page for page in desk_pages() if viewer.may(Permission(page.permission))]
    groups = ((title, tuple(page for page in open_to_her if page.group == key)) for key, title in GROUPS.items())
    return [DeskGroup(title, pages) for title, pages in groups if pages]
