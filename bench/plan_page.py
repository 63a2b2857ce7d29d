"""Work plan of 1,000 items as board, table and timeline: queries and latency behind the real web server.

Colleagues ask for one view after the other, each on a connection of her own, on the same machine. Ends with status 1
where a view takes more than 12 queries or its 95th percentile is 150 ms or more for one colleague at a time.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import sys
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench._report import report
from bench._service import prepared, serving, set_up
from bench.desk import load, queries_of

MOST_QUERIES, MOST_MS = 12, 150
COLLEAGUES = (1, 4)
VIEWS = {
    "board": "?view=board",
    "table": "?view=table",
    "table, page 20": "?view=table&page=20",
    "timeline": "?view=timeline",
}


def filled(items: int) -> tuple[str, str]:
    """A community with its plan; the session key of a social worker, and the plan's address."""
    from django.conf import settings
    from django.db import transaction
    from django.test import Client
    from django.utils import timezone

    from wellspring.people.models import Level
    from wellspring.people.services.members import add_member
    from wellspring.people.services.persons import make_person
    from wellspring.people.services.units import add_unit
    from wellspring.people.viewer import INSTALLATION
    from wellspring.plan.models import ItemState, PlanItem, Progress
    from wellspring.plan.services.plans import open_plan
    from wellspring.topics.models import Topic

    chance, today = random.Random(7), timezone.localdate()
    with transaction.atomic():
        org = add_unit(actor=INSTALLATION, name="柳湾社区", level=Level.COMMUNITY)
        people = [make_person(full_name=f"陆听荷{number}", username=f"bench{number}") for number in range(30)]
        members = [
            add_member(actor=INSTALLATION, user=person, org=org, joined_on=date(2020, 1, 1)) for person in people
        ]
        plan = open_plan(actor=INSTALLATION, org=org, period="year", starts_on=today)
        topics = list(Topic.objects.all())
        states = [ItemState.PLANNED, ItemState.UNDER_WAY, ItemState.UNDER_WAY, ItemState.DONE, ItemState.DROPPED]
        made = PlanItem.objects.bulk_create(
            PlanItem(
                plan=plan,
                goal=f"第{number}号楼道的堆物清理完，建立巡查台账",
                topic=chance.choice(topics) if topics else None,
                measure="楼道堆物",
                unit="处",
                baseline=Decimal(60),
                target=Decimal(5),
                owner=chance.choice(members),
                due_on=plan.starts_on + timedelta(days=chance.randrange(360)),
                state=states[number % 5],
                drop_reason="不做了" if number % 5 == 4 else "",
                ended_at=timezone.now() if number % 5 >= 3 else None,
                is_at_risk=number % 11 == 0,
                position=number,
            )
            for number in range(items)
        )
        Progress.objects.bulk_create(
            Progress(item=item, text="完成一半", value=Decimal(30), written_by=people[0])
            for item in made
            for _ in range(3)
        )
    client = Client(headers={"host": "localhost"})
    client.force_login(people[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value, f"/plan/{plan.pk}/"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=5, help="for each view and number of colleagues")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wellspring-bench-") as folder, contextlib.ExitStack() as stack:
        environment = prepared(Path(folder))
        set_up(environment)
        from wellspring.cli.prepare import prepare

        prepare()
        session, address = filled(asked.items)
        counts = {view: queries_of(address + query, session) for view, query in VIEWS.items()}
        port = stack.enter_context(serving(environment))
        rows, slow = [], []
        for view, query in VIEWS.items():
            row: dict[str, object] = {"view": view, "queries": counts[view]}
            asyncio.run(load(port, address + query, session, 2, 0.5))
            for colleagues in COLLEAGUES:
                times = asyncio.run(load(port, address + query, session, colleagues, asked.seconds))
                row[f"p50 ms, {colleagues} at once"] = 1000 * times[len(times) // 2]
                row[f"p95 ms, {colleagues} at once"] = p95 = 1000 * times[int(len(times) * 0.95)]
                if colleagues == 1 and p95 >= MOST_MS:
                    slow.append(f"{view}: p95 {p95:.0f} ms")
            rows.append(row)
    note = f"a plan of {asked.items} items, 3 updates each, SQLite; the colleagues share the machine with the server"
    report("plan_page", rows, note, packages=("django", "granian"))
    many = [f"{view}: {count} queries" for view, count in counts.items() if count > MOST_QUERIES]
    if many or slow:
        sys.exit("; ".join([*many, *slow]))


if __name__ == "__main__":
    main()
