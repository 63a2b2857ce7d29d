"""Every page of the office's desk with 1,000 members and 200 sources: queries and latency behind the real web server.

The pages are those that the desk itself lists, so a page added later is measured too, and those of one member and of
one source. Colleagues ask for one page after the other, each on a connection of her own, on the same machine.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._report import report
from bench._service import prepared, serving, set_up

MOST_QUERIES = 12
COLLEAGUES = (1, 4)
_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英"


def filled(members: int, sources: int) -> str:
    """A city with communities, members, leave, sources with visits; the session key of its administrator."""
    from django.conf import settings
    from django.db import transaction
    from django.test import Client
    from django.utils import timezone

    from wellspring.library.models import Channel, Reuse, Source, Visit
    from wellspring.people.models import Level, RoleName
    from wellspring.people.services.members import add_member
    from wellspring.people.services.persons import make_person
    from wellspring.people.services.roles import give_role
    from wellspring.people.services.units import add_unit
    from wellspring.people.viewer import INSTALLATION

    chance, now = random.Random(7), timezone.now()
    with transaction.atomic():
        city = add_unit(actor=INSTALLATION, name="柳城", level=Level.CITY)
        communities = [
            add_unit(actor=INSTALLATION, name=f"第{number}社区", level=Level.COMMUNITY, parent=city)
            for number in range(1, 21)
        ]
        head = make_person(full_name="林岚", username="bench-head")
        give_role(
            actor=INSTALLATION,
            member=add_member(actor=INSTALLATION, user=head, org=city),
            role=RoleName.ADMINISTRATOR,
        )
        for number in range(members - 1):
            person = make_person(
                full_name=chance.choice(_FAMILY) + chance.choice(_GIVEN) + chance.choice(_GIVEN),
                username=f"bench{number}",
            )
            member = add_member(
                actor=INSTALLATION,
                user=person,
                org=chance.choice(communities),
                joined_on=date(2020, 1, 1) + timedelta(days=number),
            )
            give_role(actor=INSTALLATION, member=member, role=RoleName.WORKER)
        channels = list(Channel.objects.all())
        for number in range(sources):
            source = Source.objects.create(
                name=f"第{number}号来源", url=f"https://site{number}.example.org/feed", kind="feed",
                channel=channels[number % len(channels)], reuse=Reuse.EXCERPT,
            )  # fmt: skip
            Visit.objects.bulk_create(
                Visit(source=source, started_at=now - timedelta(hours=hour), finished_at=now, found=10, captured=3)
                for hour in range(20)
            )
    client = Client(headers={"host": "localhost"})
    client.force_login(head)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def desk_addresses() -> dict[str, str]:
    """Name and address of every page that the desk lists, of one member and of one source."""
    from django.urls import reverse

    from wellspring.core.registry import desk_pages
    from wellspring.library.models import Source
    from wellspring.people.models import Member

    member, source = Member.objects.order_by("-pk").first(), Source.objects.order_by("-pk").first()
    assert member is not None
    assert source is not None
    return {
        "people:desk": reverse("people:desk"),
        **{page.url_name: reverse(page.url_name) for page in desk_pages()},
        "people:member": reverse("people:member", args=[member.pk]),
        "library:desk_source": reverse("library:desk_source", args=[source.pk]),
    }


def queries_of(path: str, session: str) -> int:
    """Database queries of one request, the session's and the user's own among them."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    client.get(path)  # what is remembered is remembered
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = client.get(path)
    if answer.status_code != 200:
        sys.exit(f"{path} answers {answer.status_code}")
    return len(seen)


async def colleague(port: int, path: str, session: str, until: float, times: list[float]) -> None:
    incoming, outgoing = await asyncio.open_connection("127.0.0.1", port)
    request = (
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid={session}\r\nAccept-Encoding: identity\r\n\r\n"
    )
    while time.perf_counter() < until:
        started = time.perf_counter()
        outgoing.write(request.encode())
        head = (await incoming.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        await incoming.readexactly(int(head.partition("content-length:")[2].partition("\r\n")[0]))
        times.append(time.perf_counter() - started)
        if " 200 " not in head.partition("\r\n")[0]:
            sys.exit(f"{path}: {head.partition(chr(13))[0]}")
    outgoing.close()


async def load(port: int, path: str, session: str, colleagues: int, seconds: float) -> list[float]:
    """Seconds that each page took, fastest first."""
    times: list[float] = []
    until = time.perf_counter() + seconds
    async with asyncio.timeout(seconds + 60):
        await asyncio.gather(*(colleague(port, path, session, until, times) for _ in range(colleagues)))
    return sorted(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=1000)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=4, help="for each page and number of colleagues")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wellspring-bench-") as folder, contextlib.ExitStack() as stack:
        environment = prepared(Path(folder))
        set_up(environment)
        from wellspring.cli.prepare import prepare

        prepare()
        session = filled(asked.members, asked.sources)
        addresses = desk_addresses()
        counts = {name: queries_of(path, session) for name, path in addresses.items()}
        port = stack.enter_context(serving(environment))
        rows = []
        for name, path in addresses.items():
            row: dict[str, object] = {"page": name, "queries": counts[name]}
            asyncio.run(load(port, path, session, 2, 0.5))
            for colleagues in COLLEAGUES:
                times = asyncio.run(load(port, path, session, colleagues, asked.seconds))
                row[f"p50 ms, {colleagues} at once"] = 1000 * times[len(times) // 2]
                row[f"p95 ms, {colleagues} at once"] = 1000 * times[int(len(times) * 0.95)]
            rows.append(row)
    note = f"{asked.members} members, {asked.sources} sources, SQLite; the colleagues share the machine with the server"
    report("desk", rows, note, packages=("django", "granian"))
    many = [name for name, count in counts.items() if count > MOST_QUERIES]
    if many:
        sys.exit(f"more than {MOST_QUERIES} queries: {', '.join(many)}")


if __name__ == "__main__":
    main()
