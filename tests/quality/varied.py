"""Pages without end from a few: each round gives every page class names, words and an address of its own."""

from __future__ import annotations

import resource
from collections.abc import Iterator, Sequence
from itertools import count


def varied(pages: Sequence[bytes]) -> Iterator[bytes]:
    """The pages in a cycle; no two have the same class names, so that whatever is remembered by them is never asked."""
    for number in count():
        mark = f"n{number} ".encode()
        for page in pages:
            yield page.replace(b'class="', b'class="' + mark).replace(b"</title>", mark + b"</title>", 1)


def resident_megabytes() -> float | None:
    """Memory that this process holds, in MB; None where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[1]) * resource.getpagesize() / 1e6
    except OSError:
        return None
