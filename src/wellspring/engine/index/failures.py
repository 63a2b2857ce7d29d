"""Whatever Tantivy raises becomes a named failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from wellspring.engine.errors import EngineError, SearchIndexError


@contextmanager
def named_failures() -> Iterator[None]:
    """Raise SearchIndexError in place of Tantivy's ValueErrors and of panics in its native code."""
    try:
        yield
    except EngineError:
        raise
    except (ValueError, OSError, RuntimeError) as error:
        raise SearchIndexError(detail=str(error)[:300]) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # derives from BaseException and cannot be imported
            raise
        raise SearchIndexError(detail=str(error)[:300]) from error
