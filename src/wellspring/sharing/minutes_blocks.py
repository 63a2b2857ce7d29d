"""The plain text of minutes cut into what a page and a Word file set: headings, points, paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Block(NamedTuple):
    """One line of minutes. `kind`: `heading`, `point` or `paragraph`."""

    kind: str
    text: str


def blocks_of(text: str) -> Iterator[Block]:
    """Each line that is not empty, in order: `# ` begins a heading, `- ` a point."""
    for line in text.splitlines():
        said = line.strip()
        if said.startswith("# "):
            yield Block("heading", said[2:].strip())
        elif said.startswith("- "):
            yield Block("point", said[2:].strip())
        elif said:
            yield Block("paragraph", said)
