"""Laying the year's evidence to its talks when the reports that they name have been crawled."""

from __future__ import annotations

from wellspring.demo.models import DemoPerson
from wellspring.demo.seed import demo_sources
from wellspring.library.models import Snapshot
from wellspring.sharing.models import Evidence


def lay_evidence() -> int:
    """Link talks of the demo to the reports they name, as those come in; how many were linked.

    A report is known by its title, among those crawled from the sample news sites.
    """
    people = DemoPerson.objects.values("user")
    open_evidence = Evidence.objects.filter(talk__author__user__in=people, snapshot=None, idea=None, attachment=None)
    titles = set(open_evidence.values_list("title", flat=True))
    if not titles:
        return 0
    found = dict(
        Snapshot.objects.filter(source__in=demo_sources(), title__in=titles).order_by("-pk").values_list("title", "pk")
    )
    linked = 0
    for title, snapshot in found.items():
        linked += open_evidence.filter(title=title).update(snapshot=snapshot)
    return linked
