"""What files may be handed in for: apps register their purposes in `AppConfig.ready()`, as in `core.registry`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class AttachmentPurpose:
    """What files may be handed in for, and who may read those."""

    code: str
    """As stored, such as `people.portrait`."""
    may_read: Callable[[Any, Any], bool]
    """Of a viewer and an attachment."""
    most_bytes: int = 10_000_000
    pictures_only: bool = False
    square: int | None = None
    """Pictures are cut to a square of so many pixels."""


_attachment_purposes: dict[str, AttachmentPurpose] = {}


def register_attachment_purposes(*purposes: AttachmentPurpose) -> None:
    _attachment_purposes.update((purpose.code, purpose) for purpose in purposes)


def attachment_purposes() -> dict[str, AttachmentPurpose]:
    return dict(_attachment_purposes)
