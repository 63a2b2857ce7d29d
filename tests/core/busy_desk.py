"""A process that changes snapshots as fast as it can, for tests of what death does to others.

Run with the data folder, a number of seconds and a seed. Every change and its outbox row are one transaction.
"""

from __future__ import annotations

import os
import random
import sys
import time


def main(data: str, seconds: float, seed: int) -> None:
    os.environ["WELLSPRING_DATA"] = data
    os.environ["DJANGO_SETTINGS_MODULE"] = "wellspring.config.settings"
    import django

    django.setup()
    from django.db import transaction

    from tests.library.factories import make_snapshot
    from wellspring.core.outbox import record_index_changes
    from wellspring.library.models import Snapshot
    from wellspring.library.search import KIND

    rng = random.Random(seed)
    ids: list[int] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with transaction.atomic():
            if ids and rng.random() < 0.4:
                pk = rng.choice(ids)
                title = f"改稿{rng.randrange(10**9)}号"
                Snapshot.objects.filter(pk=pk).update(title=title, is_latest=rng.random() < 0.8)
            else:
                pk = make_snapshot(f"初稿{rng.randrange(10**9)}号").pk
                ids.append(pk)
            record_index_changes(KIND, [pk])
        time.sleep(0.003)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))
