"""A live session with 100 people: how long until every remark is on every phone, behind the real server.

Each phone opens the page of the session, then asks once a second as the page does, and sends a remark now and then. A
remark's delay counts from the moment it is sent until the answer that brings it is read; a remark that does not reach
a phone is an error. Then the session's page with 200 remarks. The phones share the machine with the server.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import re
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._report import report
from bench._service import prepared, processor_time, processor_time_of_all, serving, set_up
from bench.desk import load, queries_of

MOST_SECONDS, MOST_QUERIES, MOST_PAGE_MS = 2.0, 12, 150
_LIVE = re.compile(r'id="live" hx-get="([^"]+)"')
_SAID = re.compile(r"said-\d+-\d+-once")


@dataclass
class Meeting:
    """What the phones need to know, and what they saw."""

    port: int
    page: str
    remarks: list[str]
    """Addresses to which remarks are sent."""
    sent: dict[str, float] = field(default_factory=dict)
    seen: dict[str, dict[int, float]] = field(default_factory=dict)
    """By remark and phone: seconds until it was there."""
    polls: list[float] = field(default_factory=list)
    news: int = 0
    wrong: list[str] = field(default_factory=list)


def filled(people: int) -> tuple[list[str], int, list[int], int]:
    """A running session; the phones' session keys, its id, its ideas, and the id of another one with 200 remarks."""
    from django.conf import settings
    from django.db import transaction
    from django.test import Client
    from django.utils import timezone

    from wellspring.people.models import Level, RoleName
    from wellspring.people.services.members import add_member
    from wellspring.people.services.persons import make_person
    from wellspring.people.services.roles import give_role
    from wellspring.people.services.units import add_unit
    from wellspring.people.viewer import INSTALLATION
    from wellspring.sharing.models import AgendaSlot, Idea, Remark, SharingSession, Suggestion, Talk

    keys, members, now = [], [], timezone.now()
    with transaction.atomic():
        org = add_unit(actor=INSTALLATION, name="柳湾社区", level=Level.COMMUNITY)
        for number in range(people):
            person = make_person(full_name=f"陆听荷{number}", username=f"bench{number}")
            members.append(add_member(actor=INSTALLATION, user=person, org=org))
            give_role(actor=INSTALLATION, member=members[-1], role=RoleName.WORKER)
    for member in members:
        client = Client(headers={"host": "localhost"})
        client.force_login(member.user)
        keys.append(client.cookies[settings.SESSION_COOKIE_NAME].value)

    def running(title: str) -> tuple[int, list[int]]:
        session = SharingSession.objects.create(
            org=org, title=title, starts_at=now, begun_at=now, state="running", place="二楼会议室", host=members[0]
        )
        talk = Talk.objects.create(org=org, author=members[0], title=title, state="ready", handed_in_at=now)
        AgendaSlot.objects.create(session=session, speaker=members[0], talk=talk, state="agreed", begun_at=now)
        ideas = []
        for words in ("每个楼道请一位老人先试用一个月", "把服务清单换成大字版，送到家里讲一遍"):
            suggestion = Suggestion.objects.create(talk=talk, title=words, position=len(ideas))
            ideas.append(Idea.objects.create(org=org, suggestion=suggestion, proposer=members[0], title=words).pk)
        return session.pk, ideas

    live, ideas = running("居家养老服务怎样让老人愿意用")
    long, others = running("垃圾分类误时投放的难处")
    Remark.objects.bulk_create(
        Remark(
            idea_id=others[number % 2], session_id=long, author=members[number % people], once=str(uuid.uuid4()),
            text="我们楼里的张阿姨可以先试，她愿意说，大家也听她的。",
        )
        for number in range(200)
    )  # fmt: skip
    return keys, live, ideas, long


class Connection:
    """One that stays open."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie, self.csrf = port, cookie, uuid.uuid4().hex

    async def open(self) -> None:
        self.incoming, self.outgoing = await asyncio.open_connection("127.0.0.1", self.port)

    async def ask(self, path: str, *, data: dict[str, str] | None = None, by_itself: bool = False) -> tuple[int, str]:
        """Status and body."""
        body = urlencode(data).encode() if data else b""
        lines = [
            f"{'POST' if data else 'GET'} {path} HTTP/1.1", "Host: localhost", "Accept-Encoding: identity",
            f"Cookie: sessionid={self.cookie}; csrftoken={self.csrf}",
            *(["HX-Request: true"] if data or by_itself else []),
            *(["X-Unattended: 1"] if by_itself else []),
            *(["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"] if data else []),
        ]  # fmt: skip
        self.outgoing.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await self.incoming.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"(?i)content-length: *(\d+)", head)
        content = await self.incoming.readexactly(int(length[1])) if length else b""
        return int(head.split(" ", 2)[1]), content.decode()


async def phone(number: int, key: str, meeting: Meeting, begin: float, end: float, every: float) -> None:
    """One person: opens the page, asks every second, says something every `every` seconds."""
    chance = random.Random(number)
    await asyncio.sleep(max(0.0, begin - 10 * chance.random() - time.perf_counter()))
    polling, writing = Connection(meeting.port, key), Connection(meeting.port, key)
    await polling.open()
    status, page = await polling.ask(meeting.page)
    live = _LIVE.search(page)
    if status != 200 or live is None:
        meeting.wrong.append(f"page: {status}")
        return
    await asyncio.gather(
        follow(number, polling, live[1].replace("&amp;", "&"), meeting, end),
        say(number, writing, meeting, begin + every * chance.random(), end - 5, every),
    )


async def follow(number: int, line: Connection, address: str, meeting: Meeting, end: float) -> None:
    while time.perf_counter() < end:
        started = time.perf_counter()
        status, body = await line.ask(address, by_itself=True)
        now = time.perf_counter()
        meeting.polls.append(now - started)
        if status == 200:
            meeting.news += 1
            note(number, body, now, meeting)
            if found := _LIVE.search(body):
                address = found[1].replace("&amp;", "&")
        elif status != 204:
            meeting.wrong.append(f"poll: {status}")
        await asyncio.sleep(max(0.0, 1 - (now - started)))


async def say(number: int, line: Connection, meeting: Meeting, first: float, last: float, every: float) -> None:
    moment, count = first, 0
    while moment < last:
        await asyncio.sleep(max(0.0, moment - time.perf_counter()))
        mark = f"said-{number}-{count}-once"
        data = {"csrfmiddlewaretoken": line.csrf, "once": str(uuid.uuid4()), "newest": "20"}
        data["text"] = f"晚上八点最需要人。{mark}"
        await line.open()  # the server closes a connection on which nothing is asked for long
        meeting.sent[mark] = time.perf_counter()
        status, body = await line.ask(meeting.remarks[(number + count) % len(meeting.remarks)], data=data)
        if status != 200 or mark not in body:
            meeting.wrong.append(f"remark: {status}")
            meeting.sent.pop(mark)
        line.outgoing.close()
        moment, count = moment + every, count + 1


def note(number: int, body: str, now: float, meeting: Meeting) -> None:
    for mark in set(_SAID.findall(body)):
        if mark in meeting.sent:
            meeting.seen.setdefault(mark, {}).setdefault(number, now - meeting.sent[mark])


async def held(meeting: Meeting, keys: list[str], seconds: float, every: float) -> None:
    begin = time.perf_counter() + 12
    async with asyncio.timeout(seconds + 120):
        await asyncio.gather(
            *(phone(number, key, meeting, begin, begin + seconds, every) for number, key in enumerate(keys))
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=30, help="seconds between two remarks of one person")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of its own instead of SQLite")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wellspring-bench-") as folder, contextlib.ExitStack() as stack:
        environment = prepared(Path(folder))
        if asked.postgresql:
            import os

            from tests.postgresql import start_postgresql

            environment["DATABASE_URL"] = os.environ["DATABASE_URL"] = start_postgresql()
        set_up(environment)
        from django.urls import reverse

        from wellspring.cli.prepare import prepare

        prepare()
        keys, live, ideas, long = filled(asked.people)
        page, long_page = (f"/sharing/sessions/{pk}/" for pk in (live, long))
        queries = queries_of(long_page, keys[1])
        port = stack.enter_context(serving(environment))
        meeting = Meeting(port, page, [reverse("sharing:remark", kwargs={"pk": pk}) for pk in ideas])
        started, worked, before = (
            time.perf_counter(),
            processor_time("web"),
            processor_time_of_all() - time.process_time(),
        )
        asyncio.run(held(meeting, keys, asked.seconds, asked.every))
        spent, worked = time.perf_counter() - started, processor_time("web") - worked
        others = processor_time_of_all() - time.process_time() - before - worked
        asyncio.run(load(port, long_page, keys[1], 1, 1))
        times = asyncio.run(load(port, long_page, keys[1], 1, 6))
    told(asked, meeting, (spent, worked, others), times, queries)


def told(
    asked: argparse.Namespace,
    meeting: Meeting,
    seconds: tuple[float, float, float],
    times: list[float],
    queries: int,
) -> None:
    """Seconds: how long it took, and of processor the server's and what neither the server nor the phones used."""
    spent, worked, others = seconds
    delays = sorted(delay for phones in meeting.seen.values() for delay in phones.values())
    missed = len(meeting.sent) * asked.people - len(delays)
    polls = sorted(meeting.polls)
    if not delays:
        sys.exit(f"no remark arrived; {meeting.wrong[:5]}")
    rows: list[dict[str, object]] = [
        {"what": "remark on a phone, s", "count": len(delays), **_spread(delays)},
        {"what": "poll answered, s", "count": len(polls), **_spread(polls)},
        {"what": "page with 200 remarks, s", "count": len(times), **_spread(times), "queries": queries},
    ]
    database = "PostgreSQL" if asked.postgresql else "SQLite"
    requests = len(polls) + len(meeting.sent)
    each = 1000 * worked / requests
    note = (
        f"{asked.people} phones, {len(meeting.sent)} remarks in {asked.seconds:.0f} s, {meeting.news} answers with "
        f"news, {requests / spent:.0f} requests/s, {each:.1f} ms of the server's processor time for each; "
        f"{len(meeting.wrong)} errors, {missed} not arrived; {database}; the phones "
        f"share the machine with the server, and with other work that took {others / spent:.1f} cores meanwhile"
    )
    name = "live_session_postgresql" if asked.postgresql else "live_session"
    report(name, rows, note, packages=("django", "granian"))
    too_slow = delays[-1] >= MOST_SECONDS or 1000 * times[int(len(times) * 0.95)] >= MOST_PAGE_MS
    if meeting.wrong or missed or too_slow or queries > MOST_QUERIES:
        sys.exit(f"does not hold: {meeting.wrong[:5]}, {missed} missed, slowest {delays[-1]:.2f} s, {queries} queries")


def _spread(values: list[float]) -> dict[str, object]:
    return {"p50": values[len(values) // 2], "p95": values[int(len(values) * 0.95)], "max": values[-1]}


if __name__ == "__main__":
    main()
