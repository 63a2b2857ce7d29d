"""Narrowing what was found by a pattern that the owner of a source wrote."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic_core import SchemaError, SchemaValidator, core_schema

from wellspring.engine.errors import DiscoveryError, marked
from wellspring.engine.records import FoundPage

MAX_PATTERN = 200


def narrowed(pages: Sequence[FoundPage], pattern: str) -> tuple[FoundPage, ...]:
    """The pages whose address the regular expression finds something in; all of them for an empty one.

    Matching is by a linear-time engine (no look-around, no back-references), so no pattern can hang the crawler.
    Raises DiscoveryError that says what is wrong with the pattern.
    """
    if not pattern:
        return tuple(pages)
    matches = compiled(pattern)
    return tuple(page for page in pages if matches.isinstance_python(page.url))


def compiled(pattern: str) -> SchemaValidator:
    """A validator of addresses. Raises DiscoveryError for a pattern that is too long, wrong or too big."""
    if len(pattern) > MAX_PATTERN:
        raise DiscoveryError(
            marked("The pattern is longer than %(limit)s characters. Use a shorter one."), limit=MAX_PATTERN
        )
    try:
        return SchemaValidator(core_schema.str_schema(pattern=pattern))
    except SchemaError as problem:
        detail = str(problem).strip().splitlines()[-1].removeprefix("error:").strip()
        raise DiscoveryError(
            marked("The pattern %(pattern)s is no regular expression that can be used: %(detail)s"),
            pattern=pattern,
            detail=detail,
        ) from None
