"""Ideas as the origin of plan items: how they are shown there, and who is told what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from wellspring.core.origins import OriginKind, OriginLink, register_origin_kinds
from wellspring.engine.errors import marked
from wellspring.people.viewer import Viewer
from wellspring.sharing.models import Idea
from wellspring.sharing.queries.ideas import visible_ideas
from wellspring.sharing.services.following import follow_item


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_origin_kinds(OriginKind("sharing.idea", marked("idea"), links_to_ideas, follow_item))


def links_to_ideas(viewer: Viewer, ids: Sequence[int]) -> Mapping[int, OriginLink]:
    """Title and address of each; an idea that the viewer may not open without its address."""
    seen = set(visible_ideas(viewer).filter(pk__in=ids).values_list("pk", flat=True))
    titles = Idea.objects.filter(pk__in=ids).values_list("pk", "title")
    return {
        pk: OriginLink(title, reverse("sharing:idea", kwargs={"pk": pk}) if pk in seen else "") for pk, title in titles
    }
