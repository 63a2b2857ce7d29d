"""Two people editing one thing: the second is told what the first changed, and nothing is overwritten silently."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from wellspring.core.errors import DomainError


class Difference(NamedTuple):
    """A field that stands otherwise now than the second person wants it."""

    label: str
    now: str
    wanted: str


class ChangedMeanwhile(DomainError):
    """`version` is the one that stands; saving again with it overwrites knowingly."""

    code = "changed_meanwhile"

    def __init__(self, *, version: int, differences: Sequence[Difference]) -> None:
        self.version = version
        self.differences = tuple(differences)
        super().__init__(
            _("Somebody else saved this while you were editing. Compare below, then save again to keep your version.")
        )
