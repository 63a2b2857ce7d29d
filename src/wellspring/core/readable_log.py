"""One event, one line: time, how grave where it is grave, what happened, and of an exception what and where."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path


class ReadableFormatter(logging.Formatter):
    """`HH:MM:SS [warning] message: ValueError: … (views.py:31)`; the whole traceback when debugging."""

    def __init__(self, *, tracebacks: bool = False) -> None:
        super().__init__(datefmt="%H:%M:%S")
        self.tracebacks = tracebacks

    def format(self, record: logging.LogRecord) -> str:
        parts = [self.formatTime(record, self.datefmt)]
        if record.levelno >= logging.WARNING or record.levelno <= logging.DEBUG:
            parts.append(f"[{record.levelname.lower()}]")
        parts.append(" ".join(record.getMessage().split()))
        line = " ".join(parts)
        if record.exc_info and record.exc_info[1] is not None:
            if self.tracebacks:
                return f"{line}\n{self.formatException(record.exc_info)}"
            return f"{line}: {told_exception(record.exc_info[1])}"
        return line


def told_exception(error: BaseException) -> str:
    """An exception in one line: its class, its message and the innermost place in our own code (else anywhere)."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "wellspring" in Path(frame.filename).parts] or list(frames)
    where = f" ({Path(ours[-1].filename).name}:{ours[-1].lineno})" if ours else ""
    return f"{type(error).__name__}: {' '.join(str(error).split())}{where}"
