"""What must lie ready before pages are served: Chinese catalogues, static files, channels and topics."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings


def prepare() -> None:
    """Compile message catalogues and collect static files where they are older than this version's."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    from wellspring.core.catalogues import compile_catalogues

    compile_catalogues()
    known = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            known.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.is_file() and stamp.read_text() == known.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["redoc*", "*.LICENSE*"])
    stamp.write_text(known.hexdigest())


def load_defaults() -> None:
    """Load the channels and topics that every installation begins with; what is there stays as it is."""
    from wellspring.library.services.defaults import load_default_channels
    from wellspring.topics.services import load_default_topics

    load_default_channels()
    load_default_topics()
