"""One event is one line that a person can read."""

from __future__ import annotations

import logging
import re
import sys

from wellspring.core.readable_log import ReadableFormatter


def line_of(level: int, message: str, *, failing: bool = False, tracebacks: bool = False) -> str:
    caught = None
    if failing:
        try:
            int("twelve")
        except ValueError:
            caught = sys.exc_info()
    record = logging.LogRecord("wellspring.x", level, __file__, 1, message, (), caught)
    return ReadableFormatter(tracebacks=tracebacks).format(record)


def test_a_line_opens_with_the_time() -> None:
    assert re.fullmatch(r"\d\d:\d\d:\d\d kept a page", line_of(logging.INFO, "kept a page"))


def test_what_is_grave_says_so() -> None:
    assert "[warning] slow" in line_of(logging.WARNING, "slow")


def test_a_message_of_many_lines_is_one_line() -> None:
    assert "\n" not in line_of(logging.INFO, "first\nsecond\r\nthird")


def test_an_exception_is_told_in_the_same_line() -> None:
    told = line_of(logging.ERROR, "reading failed", failing=True)
    assert "\n" not in told
    assert "ValueError: invalid literal" in told
    assert "test_readable_log.py:" in told


def test_debugging_shows_the_whole_traceback() -> None:
    assert "Traceback" in line_of(logging.ERROR, "reading failed", failing=True, tracebacks=True)
