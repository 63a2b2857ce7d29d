"""Named failures of the apps, and how an engine's failure is told in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext

from wellspring.engine.errors import EngineError


class DomainError(Exception):
    """A named failure of an app: `code` is stable, the message says what to do next and is already translatable."""

    code = "error"

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


def told(error: EngineError | DomainError) -> str:
    """The failure in the language that is active now."""
    if isinstance(error, DomainError):
        return str(error.message)
    try:
        return gettext(error.message) % error.data
    except (KeyError, TypeError, ValueError):
        return str(error)
