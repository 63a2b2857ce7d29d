"""Emptying a demo wholly: its snapshots, captures, archive, log, index and clock. Never one's own installation."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext
from django_tasks_db.models import DBTaskResult

from wellspring.core.errors import DomainError
from wellspring.core.models import Follower, IndexChange
from wellspring.demo.community import has_left
from wellspring.demo.seed import demo_sources, load_demo
from wellspring.demo.site.clock import clock_path
from wellspring.demo.site.outlets import HOST
from wellspring.library.log_keys import log_folder
from wellspring.library.models import Capture, Source
from wellspring.sharing.models import Evidence


class StillRunning(DomainError):
    code = "still_running"


class NotADemo(DomainError):
    code = "not_a_demo"


def reset_demo(*, base_port: int) -> None:
    """Remove everything that the demo collected and load it anew; readers' accounts and vocabulary stay.

    Raises StillRunning while `wellspring up` runs on this data folder, NotADemo where the database holds a source or
    a capture that is not the demo's.
    """
    data = settings.ENVIRONMENT.data
    with nobody_running(data):
        _refuse_what_is_not_ours()
        with transaction.atomic():
            _empty_tables()
        # Rows first: a file without a row is waste, a row without its file is a broken promise.
        for folder in (settings.ENVIRONMENT.archive, settings.ENVIRONMENT.index, log_folder()):
            shutil.rmtree(folder, ignore_errors=True)
        clock_path(data).unlink(missing_ok=True)
        load_demo(base_port=base_port)


def _refuse_what_is_not_ours() -> None:
    if has_left():
        raise NotADemo(gettext("This installation has left the demo for good; there is nothing to reset."))
    foreign = Source.objects.exclude(pk__in=demo_sources().values("pk")).first()
    if foreign is not None:
        raise NotADemo(
            gettext(
                "This library has a source that is not the demo's: %(source)s. A reset would delete its reports. "
                "Delete the source first, or choose another data folder: --data DIR"
            )
            % {"source": foreign.name}
        )
    captured = Capture.objects.exclude(url__startswith=f"http://{HOST}:").first()
    if captured is not None:
        raise NotADemo(
            gettext(
                "This library has captured a page that is not the demo's: %(url)s. A reset would delete it. "
                "Choose another data folder: --data DIR"
            )
            % {"url": captured.url}
        )


def _empty_tables() -> None:
    """Delete every row of the library but the channels, and the outbox and tasks that speak of them."""
    Evidence.objects.exclude(snapshot=None).update(snapshot=None)
    models = [model for model in apps.get_app_config("library").get_models() if model._meta.label != "library.Channel"]
    models += [IndexChange, Follower, DBTaskResult]
    for model in models:
        # Captures point at each other; the database checks such references at the end of the transaction.
        rows = model._base_manager.all()
        rows._raw_delete(rows.db)


@contextmanager
def nobody_running(data: Path) -> Iterator[None]:
    """Hold the lock that `wellspring up` holds while it runs. Raises StillRunning."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (data / "up.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StillRunning(
                gettext("`wellspring up` runs on %(folder)s. Stop it first (Ctrl-C), then type this again.")
                % {"folder": data}
            ) from None
        yield
