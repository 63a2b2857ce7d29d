"""Background work of the library, as tasks that may run twice."""

from __future__ import annotations

from django_tasks import task


@task()
def read_capture(capture_id: int) -> str:
    """Make of a captured page what readers see; returns a line for the log."""
    raise NotImplementedError
