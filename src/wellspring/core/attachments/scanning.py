"""Asking a virus scanner, a command or clamd: where one is set and cannot be asked, nothing passes."""

from __future__ import annotations

import shlex
import socket
import struct
import subprocess
import tempfile

from django.conf import settings
from django.utils.translation import gettext as _

from wellspring.core.attachments.errors import FileInfected, ScannerSilent

SECONDS = 60
_CLAMD = "clamd:"
_PIECE = 1 << 16


def scan(data: bytes) -> None:
    """Return where the scanner finds nothing, or none is set (WELLSPRING_SCAN).

    Raises FileInfected, ScannerSilent. Not inside a transaction: it may take a minute.
    """
    scanner = settings.ENVIRONMENT.scan
    if not scanner:
        return
    try:
        clean = (
            _ask_clamd(scanner.removeprefix(_CLAMD), data)
            if scanner.startswith(_CLAMD)
            else _ask_command(scanner, data)
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        clean = None
    if clean is None:
        raise ScannerSilent(
            _("The virus scanner does not answer, so no file is taken now. Try again later, or tell the operator.")
        )
    if not clean:
        raise FileInfected(_("The virus scanner found something in this file. It is not taken."))


def _ask_command(command: str, data: bytes) -> bool | None:
    """0: clean, 1: infected, as clamscan has it; all else: it could not be told."""
    with tempfile.NamedTemporaryFile(prefix="wellspring-scan-") as file:
        file.write(data)
        file.flush()
        done = subprocess.run(  # the operator's own command
            [*shlex.split(command), file.name], capture_output=True, timeout=SECONDS, check=False
        )
    return {0: True, 1: False}.get(done.returncode)


def _ask_clamd(where: str, data: bytes) -> bool | None:
    """INSTREAM: pieces with their length before them, an empty one at the end; then one line of answer."""
    with _connected(where) as clamd:
        clamd.settimeout(SECONDS)
        clamd.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            clamd.sendall(struct.pack("!I", len(piece)) + piece)
        clamd.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := clamd.recv(4096)):
            answer += more
    line = answer.rstrip(b"\0\n ")
    if line.endswith(b" OK"):
        return True
    return False if line.endswith(b" FOUND") else None


def _connected(where: str) -> socket.socket:
    if where.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(SECONDS)
        connection.connect(where)
        return connection
    host, _colon, port = where.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
