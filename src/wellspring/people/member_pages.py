"""A member's own pages: what stands in the menu with her name and in the bar of a phone."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from wellspring.core.registry import member_pages
from wellspring.people.desk import desk_of
from wellspring.people.permissions import Permission
from wellspring.people.viewer import Viewer

_DESK = "people:desk"
_NOTICES = "people:notices"


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page as the menu shows it: `name`, and `short` where it stands in the bar."""

    url_name: str
    address: str
    name: str
    short: str
    icon: str
    is_here: bool
    is_for_elders: bool

    @property
    def shows_unread(self) -> bool:
        """Whether the number of unread notices stands on it."""
        return self.url_name == _NOTICES

    @property
    def stands_in_head(self) -> bool:
        """Whether it is linked beside the name of the house: in the bar, and without a sign of its own up there."""
        return bool(self.short) and self.url_name != _NOTICES and self.address != "/"


def pages_of(viewer: Viewer, *, here: str) -> list[PageLink]:
    """The pages that this viewer has, in order; `here` is the path of the page she looks at. None for guests."""
    if not viewer.is_authenticated:
        return []
    links = []
    for page in member_pages():
        if page.permission and not viewer.may(Permission(page.permission)):
            continue
        if page.url_name == _DESK and not desk_of(viewer):
            continue
        address = reverse(page.url_name)
        links.append(
            PageLink(
                url_name=page.url_name,
                address=address,
                name=_(page.name),
                short=_(page.short) if page.short else "",
                icon=page.icon,
                is_here=here == address or (address != "/" and here.startswith(address)),
                is_for_elders=page.is_for_elders,
            )
        )
    return links
