"""What a fetch is told: who we say we are, how patient and how large, and which addresses the guard lets pass."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Addresses (text) of a host name, for a port. Raises OSError where the name is not known."""


@dataclass(frozen=True, slots=True)
class FetchSettings:
    user_agent: str
    """Sent with every request; names the product and a contact."""
    delay: float
    """Seconds between two requests to one site, where the source asks for nothing else."""
    max_bytes: int
    """Largest body, on the wire and again after decompression."""
    max_seconds: float
    """Longest time for one request, from the name's look-up to the last byte."""
    guard_exceptions: frozenset[tuple[str, int]] = frozenset()
    """Exact (host, port) pairs that may lie at an address or port that the guard refuses."""
    respect_robots: bool = True
    resolver: Resolver | None = None
    """None: the system's resolver."""
