"""The address guard: decides for every connection whether its address may be visited, at the moment of connecting."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Sequence

from wellspring.engine.errors import AddressRefused, ConnectionFailed, marked
from wellspring.engine.fetch.addresses import IPAddress, is_public, read_address
from wellspring.engine.fetch.settings import Resolver
from wellspring.engine.fetch.urls import Target

USUAL_PORTS = frozenset({80, 443, 8000, 8080, 8443})

PRIVATE = marked(
    "%(url)s is not fetched: %(host)s leads to %(ip)s, which is not a public address. "
    "Only sites on the public internet are visited."
)
PRIVATE_NUMBER = marked(
    "%(url)s is not fetched: %(ip)s is not a public address. Only sites on the public internet are visited."
)
UNUSUAL_PORT = marked(
    "%(url)s is not fetched: port %(port)s is not one that websites use. Ports 80, 443, 8000, 8080 and 8443 are."
)
UNKNOWN_NAME = marked("%(url)s could not be reached: the name %(host)s is not known. Check how it is written.")


class AddressGuard:
    """Checks a target and resolves it to the addresses that may be connected to, and to nothing else."""

    def __init__(self, exceptions: frozenset[tuple[str, int]] = frozenset(), resolver: Resolver | None = None) -> None:
        self._exceptions = exceptions
        self._resolve = resolver or system_resolver

    async def checked_addresses(self, target: Target) -> tuple[IPAddress, ...]:
        """The addresses of the target, in the resolver's order. Connect to one of these, never to the name again.

        Raises AddressRefused for an unusual port, or when any of the addresses is not public; ConnectionFailed when
        the name is not known.
        """
        excepted = (target.host, target.port) in self._exceptions
        if not excepted and target.port not in USUAL_PORTS:
            raise AddressRefused(UNUSUAL_PORT, url=target.url, port=target.port)
        addresses = await self._addresses(target)
        if not excepted:
            for address in addresses:
                if not is_public(address):
                    message = PRIVATE_NUMBER if target.host == str(address) else PRIVATE
                    raise AddressRefused(message, url=target.url, host=target.host, ip=str(address))
        return addresses

    async def _addresses(self, target: Target) -> tuple[IPAddress, ...]:
        try:
            return (read_address(target.host),)
        except ValueError:
            pass
        try:
            texts = await self._resolve(target.host, target.port)
            addresses = tuple(dict.fromkeys(read_address(text) for text in texts))
        except (OSError, UnicodeError, ValueError):
            addresses = ()
        if not addresses:
            raise ConnectionFailed(UNKNOWN_NAME, url=target.url, host=target.host)
        return addresses


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """Addresses by the system's resolver. Raises OSError.

    Each look-up has a thread of its own that nobody waits for: a name server that hangs holds up neither other
    look-ups, as a pool would, nor the end of the process.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def tell(found: list[str] | None, problem: Exception | None) -> None:
        if answer.done():
            return
        if problem is not None:
            answer.set_exception(problem)
        else:
            answer.set_result(found or [])

    def look_up() -> None:
        found, failure = None, None
        try:
            places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found = [str(place[0]) for _, _, _, _, place in places]
        except (OSError, UnicodeError) as problem:
            failure = problem
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody asks any more
            loop.call_soon_threadsafe(tell, found, failure)

    threading.Thread(target=look_up, name=f"look up {host}", daemon=True).start()
    return await answer
