"""Named failures of the apps, and how an engine's failure is told in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

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
    return told_stored(error.message, error.data)


def told_stored(message: str, data: Mapping[str, object]) -> str:
    """A failure that was stored as message id and data, in the language that is active now; empty for an empty one.

    Data that is a marked text itself, such as what is wrong with a record, is translated too.
    """
    if not message:
        return ""
    try:
        told_data = {key: gettext(value) if isinstance(value, str) and value else value for key, value in data.items()}
        return gettext(message) % told_data
    except (KeyError, TypeError, ValueError):
        return message
